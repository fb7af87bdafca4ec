"""The devices that journeys are walked on, and the sizes of screen that a page is looked at in."""

import os

# What a phone's browser leaves of its screen while its own bars are shown: an iPhone's 844 are 664 then.
PHONE = {
    "viewport": {"width": 390, "height": 664},
    "device_scale_factor": 1,
    "has_touch": True,
    "is_mobile": True,
}
SIZES = {
    "small phone": (320, 568),
    "narrow phone": (360, 640),
    "phone": (390, 664),
    "short phone": (375, 553),
    "phone lying down": (844, 390),
    "tablet": (820, 1180),
    "computer": (1280, 720),
}
ALWAYS = ("phone", "small phone")  # the sizes of every ./test
EVERY = os.environ.get("REDO_TEST") == "every"  # ./test every
