// The rehearsal.
import "../site.js";
import "../children/leave.js";
import "../children/turn.js";
import "../children/chosen-child.js";
import "../children/practice.js";
import "../read-aloud.js";
