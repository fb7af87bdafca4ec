// What a page of the guide runs.
import "../left.js";
import "../site.js";
import "../guide.js";
