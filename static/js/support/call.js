// An end of the tree: link and sms in the family's language, one press to copy; the first page finds the clinic.
import { goToClinic } from "./clinic-goto.js";
import { copyOnPress } from "./copy.js";
import { speakTo } from "./send.js";

const choose = document.querySelector("[data-choose-language]");
if (choose) {
  choose.hidden = false;
  choose.addEventListener("change", (event) => speakTo(event.target.value));
  const others = document.querySelector("[data-other-languages]");
  if (others) others.hidden = true;
  speakTo(choose.querySelector(":checked").value);
}
copyOnPress(document.body);
goToClinic();
