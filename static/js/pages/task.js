// A task of the plan.
import "../site.js";
import "../guide/task.js";
import "../guide/tools.js";
import "../guide/read.js";
