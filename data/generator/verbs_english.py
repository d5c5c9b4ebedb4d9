"""Verbs of the tagged sentences, with what may stand around them.

A line reads `subject: verbs -> complements`. Verbs after `|` are kept for dev and test. A
complement is one of

- a kind of noun from `lexicon_english` (`text`, `person`; `a+b` for either of them);
- `a[walk,run]`, `the[...]`, `own[...]`: one of these nouns with a, the or the subject's my, her;
- `about:idea`, a preposition and the kind of its noun; `own:part` puts my, her before the noun;
- `where`, a place with its preposition, and `way`, a path (through the park);
- `up~`, a particle (ADP), and `back^`, an adverb of direction (ADV);
- `state`, a passing quality, of the object if there is one;
- `that`, `wh`, `inf` (to + verb), `bare` (verb alone), `ing`: clauses;
- `?motion`, `?where`, `?with`, `?hours`, `?like`: adverbials of which at most one is added, by the
  keys of `ADVERBS` or a method of that name.
"""

import re
from dataclasses import dataclass

from word_lists import Words, words


@dataclass(frozen=True, slots=True)
class Frame:
    """Verbs that share a kind of subject and a list of complements."""

    verbs: Words
    complements: tuple[str, ...]
    optional: tuple[str, ...]


_FRAMES = """
person: walk run swim dance drive ride travel | stroll paddle -> ?motion ?where ?with ?hours ?like
person: walk run drive ride travel march | stroll wander hike -> way ?motion
person: walk run drive hurry travel return go | hike -> to:place ?motion
person: run walk hurry drive go come travel -> home,back,home,away,upstairs,outside^ ?clock
person: sleep rest wait | doze -> ?long ?where ?hours
person: work study help cook farm -> ?effort ?where ?hours ?with
person: paint sing play dance draw swim write -> ?skill ?where ?with ?like
person: smile laugh talk sing cry shout whistle | yawn giggle snore -> ?sound ?with
person: live work stay play meet wait rest | camp -> where
person: leave arrive start finish phone -> ?clock
person: stand get wake sit | climb -> up~ ?clock
person: sit lie -> down~
person: walk go drive run come -> straight^ to:place
person: go -> for:a[walk,run,swim,ride,drive]
person: have need want like -> a[drink,rest,break,swim,dream,talk,plan,walk,match,dance]
person: take like need -> a[walk,rest,break,look,ride,photo]
person: like love enjoy miss start finish plan need remember
    -> own[walk,run,swim,work,dance,dream,drink,rest,study,drive,ride,talk,sleep,help]
person: talk write walk run come turn answer -> to:person
person: rest talk stop drink
    -> before,after:own[walk,run,swim,work,dance,talk,ride,rest,drive,study]
person: walk run hurry travel -> to,from:own[work,farm,shop,boat,garden,school]
person: give -> person a[hand,smile,call,answer,look,hug,ring,lift,present,drink]
person: wear need buy -> [coat,ring,watch,hat]
person: make -> a[plan,mistake,promise,offer,cake,change,list,call,start]
person: keep break -> own[promise,word]
person: study print like finish love read write borrow lose | translate recite -> text
person: cook share taste order smell cut like eat | devour peel -> food
person: drink order share like pour | sip spill -> drink
person: cook eat enjoy finish order have like -> meal
person: drop need hold like hide want find fix carry buy lose sell | mend clutch -> thing
person: dry clean empty wash use need break fill | rinse -> dish
person: dry clean wash need like wear buy hang | mend -> clothes
person: paint clean move buy cover sell | polish -> furniture
person: guide coach train judge nurse face -> person
person: guard own film picture -> place
person: host judge -> event
person: train brush name -> animal
person: brush -> clothes
person: bear stand -> sound
person: answer return love hear see like remember notice -> gesture
person: shop farm garden fish sail swim -> where
person: ship present -> thing+text to:person
person: report note mean -> that
person: swallow -> food+drink
person: rise -> ?clock
person: play buy love sell carry | tune -> instrument
person: plant water cut smell like | prune -> plant
person: visit leave like love picture film paint clean reach | admire sketch -> place
person: help watch call visit phone face answer trust love thank meet follow know hear like miss
    | greet scold -> person
person: watch feed follow wash hear love picture film | stroke tame -> animal
person: open close shut lock paint | unlock -> opening ?care
person: light -> [candle,lamp,fire,stove]
person: book -> booking
person: watch plan film record leave enjoy miss organise like | dread -> event
person: drive park wash stop sell paint fix | repair -> [car,truck,van,bus,taxi] ?care
person: miss catch take -> [train,bus,ship,ferry,plane,tram]
person: question doubt change like answer understand explain remember forget | ponder -> idea
person: answer -> [question,letter,phone,door]
person: do finish like hate -> task
person: wash warm raise show cover | rub -> own:part
person: look smile point shout laugh wave stare | glare -> at:person+animal
person: look point stare -> at:thing+plant+text+clothes
person: look ask pay -> for:thing+text+food
person: wait look call -> for:person
person: wait -> for:[train,bus,rain,answer,doctor,show]
person: talk dream think know write worry read | chat -> about:idea+person+event+animal
person: listen -> to:sound+person
person: play talk work travel live dance | chat quarrel -> with:person
person: sit stand lie sleep -> on,under,by,near:furniture
person: pick -> up~ thing+dish
person: put -> down~ thing+dish+text
person: put try -> on~ clothes
person: take -> off~ clothes
person: turn switch -> on,off~ [light,lamp,radio,oven]
person: write -> down~ idea
person: clean -> up~ [kitchen,room,garden,office,mess]
person: give bring send -> back^ thing+text
person: turn look -> back,left,right,away^
person: give show lend bring send sell offer hand buy -> person thing+text
person: tell read write teach send -> person text
person: give bring show sell lend send hand -> thing+text to:person
person: buy find make -> [present,picture,cake,meal,seat] for:person
person: bake -> [cake,pie,bread]
person: let make help see hear watch | notice -> person bare
person: make keep find -> person state
person: leave find keep -> opening state
person: feel look seem become stay get | remain -> state
person: think know say believe hope hear feel see guess dream -> that
person: tell promise show | remind -> person that
person: wonder ask know forget see remember | explain -> wh
person: want try plan hope need decide forget love like start learn promise offer -> inf
person: want ask help tell teach -> person inf
person: enjoy stop start keep like love finish | avoid -> ing
person: come leave arrive -> before,after,during:event+meal
person: have -> thing+animal+text+clothes+idea
animal: run sleep jump swim hide rest wait play drink | doze -> ?motion ?where
animal: chase follow watch hear see | sniff -> animal
animal: eat smell find steal carry like | nibble gobble -> food
animal: drink like need -> drink
animal: run jump swim walk | leap -> way ?motion
animal: sleep lie sit wait rest hide | snooze -> on,under,near,behind:furniture
animal: look stare | growl -> at:person+animal
animal: follow like know watch trust -> person
animal: look seem get -> state
thing: fall break | crack
thing: lie -> on,under,near,behind:furniture
thing: belong -> to:person
thing: look feel seem -> state
instrument: stand -> where
instrument: sound -> state
dish: break fall stand
food: taste smell look -> taste
drink: taste smell -> taste
event: start begin end finish -> ?clock
event: last -> for:a[minute,hour,day,week]
event: start end -> before,after:meal
event: bore surprise please | thrill -> person
event: seem sound become -> state
meal: smell look taste -> taste
meal: start -> ?clock
gesture: please worry surprise interest help | puzzle -> person
gesture: seem -> state
idea: please worry surprise interest help | puzzle -> person
idea: sound seem -> state
text: please bore surprise help interest | amuse -> person
text: fall lie -> on,under,behind:furniture
sound: please wake surprise bore | startle -> person
sound: stop start begin
sky: cover reach -> place
sky: stop fall start rise
vehicle: leave arrive stop wait -> ?clock
vehicle: stop wait -> where
vehicle: leave reach pass | approach -> place
plant: grow bloom flower | wither -> ?where
plant: grow stand -> in,near,behind:[garden,park,house,school,field]
place: lie -> near,behind,beyond:place
business: open close -> ?clock
business: look seem become -> state
place: look seem -> state
light: shine burn | flicker -> ?where
opening: open close stick
part: hurt
clothes: hang lie -> on,over,behind:furniture
clothes: belong -> to:person
furniture: stand -> where
furniture: look feel -> state
clothes: match -> clothes
"""


def _parse(text: str) -> dict[str, tuple[Frame, ...]]:
    """Frames by the kind of their subject."""
    frames: dict[str, list[Frame]] = {}
    for line in re.sub(r"\n\s+", " ", text).strip().splitlines():
        subject, _, rest = line.partition(": ")
        verbs, _, complements = rest.partition("->")
        parts = complements.split()
        needed = tuple(part for part in parts if not part.startswith("?"))
        optional = tuple(part[1:] for part in parts if part.startswith("?"))
        frames.setdefault(subject, []).append(Frame(words(verbs), needed, optional))
    return {subject: tuple(found) for subject, found in frames.items()}


FRAMES = _parse(_FRAMES)


def transitive(kind: str) -> list[Frame]:
    """Frames of a person's deeds to one thing of a kind, and nothing else.

    Args:
        kind: Kind of the object.

    Returns:
        The frames, none for a kind that persons do nothing to.

    Example:
        >>> "read" in transitive("text")[0].verbs.common
        True
    """
    return [frame for frame in FRAMES["person"] if frame.complements == (kind,)]
