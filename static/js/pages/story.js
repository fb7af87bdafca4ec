// A page that can be read aloud.
import "../site.js";
import "../children/leave.js";
import "../children/turn.js";
import "../children/chosen-child.js";
import "../read-aloud.js";
import "../print.js";
import "../children/touch.js";
