// A page that a link may open inside another app.
import "../site.js";
import "../way-out.js";
