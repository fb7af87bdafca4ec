// The visit starts now.
import "../site.js";
import "../way-out.js";
import "../visit.js";
