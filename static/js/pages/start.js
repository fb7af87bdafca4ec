// The first page: back to where one was, the day when it is soon, and the way out of another app.
import "../site.js";
import "../resume.js";
import "../visit.js";
import "../way-out.js";
