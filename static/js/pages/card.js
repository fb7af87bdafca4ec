// The child's card, and how it was.
import "../left.js";
import "../site.js";
import "../children/leave.js";
import "../children/turn.js";
import "../children/chosen-child.js";
import "../children/card.js";
import "../children/read-aloud.js";
