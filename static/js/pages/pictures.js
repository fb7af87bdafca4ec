// A page to print, with the chosen child.
import "../site.js";
import "../children/leave.js";
import "../children/chosen-child.js";
import "../print.js";
