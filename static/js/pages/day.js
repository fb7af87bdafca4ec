// The visit starts now.
import "../left.js";
import "../site.js";
import "../way-out.js";
import "../visit.js";
