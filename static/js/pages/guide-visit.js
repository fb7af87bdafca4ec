// A page of the guide that knows when the visit is.
import "../left.js";
import "../site.js";
import "../guide.js";
import "../visit.js";
import "../visit-calendar.js";
