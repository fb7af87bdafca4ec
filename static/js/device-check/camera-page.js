import * as camera from "./camera.js";
import * as light from "./light.js";
import * as microphone from "./microphone.js";
import { page } from "./page.js";
import * as speaker from "./speaker.js";

page({ camera, light, microphone, speaker });
