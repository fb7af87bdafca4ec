"""Pure. What the tree of help by phone is made of: questions, ends, and the lines one says at an end.

All of it asks how the visit opens at the clinic for the reader in question (clinics/opening.py), so that what
one says on the phone agrees with the page one sends. The tree refuses to be wrong: a target that is not
there, a node nobody leads to, or an end without words fails when it is built.
"""

from collections.abc import Callable
from dataclasses import dataclass

from patient_app.clinics.opening import Opening, opening
from patient_app.clinics.settings import VisitProfile

Rule = Callable[[Opening, VisitProfile], bool]


def always(opens: Opening, profile: VisitProfile) -> bool:
    """It holds at every clinic."""
    return True


@dataclass(frozen=True)
class ByOpening:
    """Words that differ with how the visit opens: on 1177.se (acting for the child, or else), in an app, or
    by a link in an sms or a letter. What is not said falls back to `other`."""

    other: object
    proxy: object = None
    app: object = None
    link: object = None

    def at(self, opens: Opening) -> object:
        """The words for a clinic whose visits open so."""
        if opens.by_proxy and self.proxy is not None:
            return self.proxy
        if opens.place == "app" and self.app is not None:
            return self.app
        if opens.by_link and self.link is not None:
            return self.link
        return self.other


@dataclass(frozen=True)
class Line:
    """One thing to say, word for word. `shot` is our drawing of the screen the family then sees
    (components/screens.html) and `label` the key of the words on its button. `setting` says it with the
    clinic's own words instead."""

    words: object = ""
    when: Rule = always
    shot: str = ""
    label: str = ""
    setting: str = ""

    def holds(self, opens: Opening, profile: VisitProfile) -> bool:
        """Whether the line is said at a clinic like that."""
        return self.when(opens, profile) and (not self.setting or bool(getattr(profile, self.setting)))


@dataclass(frozen=True)
class Question:
    """What to ask, and where each answer leads. `route`: of whose visit it speaks (clinics/opening.py)."""

    id: str
    text: object
    answers: tuple[tuple[object, str], ...]
    when: Rule = always
    route: str = "under-13"

    def holds(self, profile: VisitProfile) -> bool:
        """Whether there can be such a call at a clinic with that profile."""
        return self.when(opening(profile, self.route), profile)


@dataclass(frozen=True)
class End:
    """The likely cause, what to say line by line, and the address to send, below `/<lang>/` or
    `/<lang>/m/<CCCC>/`.

    `hand_over` says when the call goes to the technical line; None where the clinic decides and the
    technicians can do nothing. `screen`: the family has a screen before it, so one asks first what it shows.
    """

    id: str
    cause: object
    say: tuple[Line, ...]
    send: str
    hand_over: object = None
    when: Rule = always
    route: str = "under-13"
    screen: bool = True

    def holds(self, profile: VisitProfile) -> bool:
        """Whether there can be such a call at a clinic with that profile."""
        return self.when(opening(profile, self.route), profile)

    def lines(self, profile: VisitProfile) -> list[Line]:
        """What one says at a clinic with that profile, in order."""
        opens = opening(profile, self.route)
        return [line for line in self.say if line.holds(opens, profile)]


class TreeError(ValueError):
    """The tree does not hang together; the message names the node."""


class Tree:
    """Questions and ends by id. Raises TreeError when a target is missing, a node is unreachable, an id
    stands twice or an end says nothing."""

    def __init__(self, nodes: tuple[Question | End, ...]) -> None:
        self.nodes = {node.id: node for node in nodes}
        self.start = nodes[0]
        if len(self.nodes) != len(nodes):
            raise TreeError("an id stands twice")
        reached = {self.start.id}
        for node in nodes:
            if isinstance(node, End) and not node.say:
                raise TreeError(f"{node.id} says nothing")
            for _words, target in node.answers if isinstance(node, Question) else ():
                if target not in self.nodes:
                    raise TreeError(f"{node.id} leads to {target}, which is not there")
                if target in reached:
                    raise TreeError(f"two answers lead to {target}; then the way back is not clear")
                reached.add(target)
        if lost := set(self.nodes) - reached:
            raise TreeError(f"nothing leads to {', '.join(sorted(lost))}")

    def way_to(self, id: str) -> list[tuple[Question, object]]:
        """The questions and answers that lead to a node, the first first."""
        for node in self.nodes.values():
            if isinstance(node, Question):
                for words, target in node.answers:
                    if target == id:
                        return [*self.way_to(node.id), (node, words)]
        return []

    def holds(self, id: str, profile: VisitProfile) -> bool:
        """Whether a node and all that leads to it can come up at a clinic with that profile."""
        above = [question for question, _answer in self.way_to(id)]
        return all(node.holds(profile) for node in [*above, self.nodes[id]])
