// The child's card, and how it was.
import "../site.js";
import "../children/leave.js";
import "../children/turn.js";
import "../children/chosen-child.js";
import "../children/card.js";
import "../read-aloud.js";
