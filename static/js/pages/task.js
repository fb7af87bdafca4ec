// A task of the plan.
import "../left.js";
import "../site.js";
import "../guide/task.js";
import "../guide/tools.js";
