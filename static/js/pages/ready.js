// Ready: the note, with the visit's time and the calendar.
import "../site.js";
import "../guide/ready.js";
import "../guide/tools.js";
import "../visit.js";
import "../visit-calendar.js";
