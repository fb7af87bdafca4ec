// A page of the guide that a link may open inside another app.
import "../site.js";
import "../guide.js";
import "../way-out.js";
