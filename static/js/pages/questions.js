// The guide's questions, and the way out of another app.
import "../site.js";
import "../way-out.js";
import "../guide-questions.js";
