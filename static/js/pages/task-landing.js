// A task that a link may open inside another app.
import "../site.js";
import "../guide/task.js";
import "../guide/tools.js";
import "../way-out.js";
