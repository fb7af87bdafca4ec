// The device check, second page: it may request nothing.
import "../site.js";
import * as camera from "../device-check/camera.js";
import * as light from "../device-check/light.js";
import * as microphone from "../device-check/microphone.js";
import { page } from "../device-check/page.js";
import * as speaker from "../device-check/speaker.js";

page({ camera, light, microphone, speaker });
