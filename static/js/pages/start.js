// The first page: back to where one was, and the way out of another app.
import "../left.js";
import "../site.js";
import "../resume.js";
import "../way-out.js";
