// The whole route on one page, for paper.
import "../site.js";
import "../print.js";
import "../printed-day.js";
import "../visit.js";
import "../visit-calendar.js";
