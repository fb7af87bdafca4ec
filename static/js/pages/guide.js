// What a page of the guide runs.
import "../site.js";
import "../guide.js";
