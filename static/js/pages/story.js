// A page that can be read aloud.
import "../left.js";
import "../site.js";
import "../children/leave.js";
import "../children/turn.js";
import "../children/chosen-child.js";
import "../children/read-aloud.js";
import "../print.js";
import "../children/touch.js";
