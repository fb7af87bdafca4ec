// A page of the guide that a link may open inside another app.
import "../left.js";
import "../site.js";
import "../guide.js";
import "../way-out.js";
