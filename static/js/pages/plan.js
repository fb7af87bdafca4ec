// The plan.
import "../site.js";
import "../way-out.js";
import "../guide/plan.js";
import "../visit.js";
