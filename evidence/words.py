"""A digest in eight of 2,048 plain English words, for people to read aloud and compare.

Each word stands for eleven bits, eight for the first 88. The list was made for this portal, of
words with four to seven letters that most people know. It never changes: words were printed.
"""

import re
from collections.abc import Sequence

# Words that stand for a digest.
COUNT = 8
_BITS = 11
_TAKEN = COUNT * _BITS

_TEXT = """
able aboard about above absent accept account acorn acre acrobat across acts address admire afar
afraid after again against aged agenda agree ahead airport airship airy alarm album alike alive
alley allow almond almost along aloud already alto always amber america among amount anchor animal
another answer antler anybody anyone anyway apart apiece appear apple apricot april apron arcade
archway arctic arise around arrange arrive arrow artist ashes aside asleep atlas attend august
aunt author auto autumn avenue awake awaken away awful back bacon badge badger badly bagel bake
baker bakery ball ballad balloon bamboo banana bandage bang banjo bank banker banner bare bark
barley barn barrel base basil basket batch bath bathe bathtub beach beacon bead beam bean bear
beard beast beat beauty beaver because become bedroom bedtime beech beef beehive beet before begin
behave behind believe bell belong below belt bench bend beneath bent berries berry beside best
better between bicycle bigger bill bind bird birth biscuit bite black blame blank blanket blast
blaze blew blind block bloom blossom blot blow blue blush board boast boat boil boiler bold bone
bonsai book boom boot border born borrow boss bottle bottom bounce bouquet bowl boxcar boxer boxes
brain brake bran branch brass brave bread break breath breathe breeze brick bride bridge bright
bring broad broken bronze brook broom brother brown brush bubble bucket buckle budget buffalo
buggy build built bulb bull bunch bundle bunny burn burrow bush bushel busy butcher butter button
buzz cabana cabbage cabin cabinet cackle cactus cage cake calf call camel camera camp canal canary
candid candle candy cane canoe canopy canvas canyon cape capital captain caramel card care careful
cargo carload carpet carrot carry cart carve case cash cashew cashier castle catbird catch catfish
cattle cause cave cedar ceiling cell cellar cello center ceramic cereal certain chain chair chalk
chance change chapter charge charm chart chatter cheap check cheek cheer cheese cherry cherub
chess chew chick chicken chief child chill chilly chimney chin china chip choice choose chop
chorus chrome churn cinema circle circus citizen citrus city clang clap clarity class claw clay
clean clear clerk clever click cliff climb clinic clip cloak clock close closet cloth cloud cloudy
clover clown club cluck coach coal coast coat cobalt cobbler cobweb cocoa coconut cocoon codfish
coffee coin cold collar college color column comb come comet comfort comic company compare compass
cone connect cook cookie cooking cool coop copper copy coral cord cork corn corner correct cost
cottage cotton couch cougar cough council count counter country county course court cousin cover
cozy crab crack cradle cramps crank crawl cream creamy creek creep cricket croak crop cross crow
crowd crown cruise crumb crumble crumpet crust crystal cuff cupful cure curl curly curtain curve
cushion custard cute cutting cyclone cypress daily dairy daisy dance dancer dancing dandy dare
dark dart dash date dawn daytime deal dear decade decide deck deed deep defense delight delta
denim dentist depend deposit desert deserve design desire desk detail diamond digit dime dine
dinghy dinner direct dish dislike dismiss ditch dive divide dock doctor doll dollar dolphin domino
done door double dough dove down dozen drag drain draw drawer drawing dream dress dried drift
drill drink drip drive driver drowsy drum drummer duck dull dune during dust dusty duty dwell
dwelt eager eagle early earn earth easel east eastern easy eaten echo eclipse edge editor eight
eighth eighty either elastic elbow elder eldest elegant eleven ember embrace emerald empty ending
engine english engrave enjoy enough enter epic equal equator erase eraser errand essay even
evening every exact except excited excuse exit expect explain extra eyebrow fable fabric face fact
factory faint fair faith falcon fall false family fancy faraway fare farm farmer farming farther
fashion fast fasten father favor feast feather feed feel feet fellow felt fence fennel fern ferry
fiction fiddle field fiesta fifteen fifth fifty figure file fill film finale finally find fine
finger finish fire first fish fits five fjord flag flake flame flannel flap flash flat flies
flight flip float flock flood floor flop flow flower flowery flute flutter foam foggy fold foliage
folks follow fond food foot forest forget forgive fork form formula fort forth fortune forty
forward fossil four fourth frame free freedom freeze freight french fresco fresh friday fried
friend frog front frost frown fruit fudge fuel full fully funny further fuzzy gadget gain galaxy
gallery gallon gallop game garage garden garland gate gather gazebo gear gecko general gentle
genuine getting geyser giant gift ginger give glacier glad gladly glance glass glasses glaze gleam
glide glory glove glow glue goal goat going gold golden golf gondola good goodbye goody gopher
govern grade grain grand granite grape grass gravel gravity gravy gray graze grease great green
greet grind groan grocery ground group grove grow guard guess guest guide guitar gulf habit hail
hair haircut hairpin half hall halt hamlet hammer hammock hamster hand handful handle happen
happily happy harbor hard harmony harness harp harvest haste hasten hasty hatch hatchet haul hawk
hazel head heal health healthy heap hear heard heart heat height helium hello helmet help helper
helpful herald herd here hero herself hexagon hickory hide high highway hiking hill hilltop hilly
himself hind hint hire history hive hold holder holiday hollow home honest honey honor hood hoof
hook hoop hope hopeful horn horse hose host hotel hound house however howl huge humble hundred
hungry hunt hurried hurry hush hybrid iceberg idea ideal igloo improve inch income indeed indigo
indoors inkwell insect inside instant instead intend invite iris iron island itself ivory jacket
jacks jaguar january jasmine jelly jigsaw jockey join joke jolly journal journey joyful joyous
judge juice juicy july jump jumper june junior juniper karate kayak keen keep kernel kettle
keyword kick kind kindly king kingdom kiss kitchen kite kitten kitty knee knit knob knock know
koala lace ladder ladies lady lagoon lake lamb lamp land lane lantern lard large laser lass last
late lattice laugh laundry laurel lawn lawyer lead leader leaf leak lean leap learn least leather
leave legend lemon lemur lend length leopard less lesson letter letting lettuce level liberty
library life lift light like likely lilac lily limb lime limp line linen lion list listen little
live lively lizard load loaf loan loaves lock lone long look lookout loop loose lose loss lotus
loud love lovely luck lucky lumber lunar lunch lyric machine magnet magnify mailbox major make
mallet manager manger mango manual many maple marble march marina mark market marlin married marry
mask mast match matter maybe mayor meadow meal mean measure medal meeting melody melt member mend
mentor menu merry mess message metal meteor mice middle mighty mile milk mill million mimosa mind
mine mint minute mirror miss mistake misty mitten modem moment monday money monitor monkey month
monthly moon moose more morning morrow morsel mosaic moss most mostly mother motif motor mount
mouse mouth move movie much muddy museum music myself nail name napkin narrow navy near nearby
nearly neat neck necktie nectar need needle neon nerve nest news next nibble nice nickel night
nine ninety noise noisy nomad noon north nose note notice novel number nurse nutmeg nylon oasis
oatmeal oats obey oboe ocean octave october offer office officer often olive once onion only
onward onyx opal open opera orange orbit orchard orchid order oregano origami other otter outfit
outline outside outward oven over overeat owing owner oxygen oyster pace pack package paddle page
pagoda paint painter pair palace palette pancake panda pane pants papaya paper parade parasol
pardon parent park parrot parsley part partly partner party pass past paste pastel pasture patch
path patio patter pave payment peach peacock peak peanut pearl peas pebble peck peek peel peep
pelican pencil penny peony people pepper perfume perhaps person petal pewter phone pianist piano
pick pickle picnic picture piece pigeon piggy pile pill pillow pilot pine pink pint pipe pitch
pixel place plain plan planet plant plate plateau platter play player plaza please plenty plow
plug plum pocket poem point poke pole police polish polite polka pond ponies pony pool poor
popcorn popped porch portal post postage poster potato pound pour powder power prairie praise
prepare present pretty price prick prince print prism prize program promise proper protect proud
prove prune public puddle puff puffin pull pump pumpkin pupil puppy pure purple purse push putting
puzzle pyramid quality quart quarter quartz queen quiche quick quickly quiet quill quilt quit
quite quota rabbit race rack radar radio radish rail railway rain rainbow rainy raise raisin rake
ranch rapidly rate rather rattle raven reach read reader reading ready real reap rear reason
rebuild receive recess recipe record redbird refuse rejoice relay remain remind remove rent repair
repay repeat report rest return review reward rhythm ribbon rice rich riddle ride right ring ripe
ripple rise ritual river road roar roast robe robin rock rocket rocky roll roof room rooster root
rope rose rosebud rosette rough round route rowboat royal rubbed rubber rule ruler rumble runner
running rush rust rusty sack saddle safari safe safety saffron sail sailor salad salmon salt samba
sand sandal sandy sapling sash satchel satin sausage save savings scales scarf scarlet scenic
school science scorch score scrap scrape scratch screen screw scrub seal search season seat second
secret seed seeing seek seem seesaw select self sell send sense sent serve service setting settle
seven seventh seventy several shade shadow shady shake shape share sharp shave shear shed sheep
sheet shelf shell shine shiny ship shirt shoe shop shore short shout shovel show shower shrub shut
side sierra sigh sight sign silence silent silk sill silver simple since sing singer single sink
sister sitting sixteen sixth sixty size skate skater sketch skin skip skirt slam slate sled sleep
sleepy sleeve sleigh slice slide sling slip slipper slow slowly small smart smell smile smoke
smooth snail snake snap sneeze snow snowy soak soap socks soda sofa soft soil somehow someone song
sonnet soon sort sound soup sour south space spade sparkle sparrow speak speaker speech speed
spend spider spike spill spin spinach spiral spirit splash spoil spoon sport spot spread spring
spruce square squash squeak squeeze squid stable stack stadium stage stair stall stamp stand star
stare start state station statue stay steak steam steel steep steeple steer stem step stick sticky
stiff still stir stitch stock stone stool stoop stop store stories stork storm stormy story stove
strange straw stream street stretch string strip strong student studio study stuff subject sudden
sugar suit summer summit sunbeam sunday sunny sunrise sunset supper suppose sure surely surface
swallow swamp swan swat sweat sweater sweep sweet swell swift swim swing switch swivel symbol
syrup table tablet tack tailor take taken talent talk tall tame tandem tango tank tape tardy task
taste taught teach teacher teal team tear teeth tell temper temple tempo tennis tent term terrace
test textile thank theater theory these thick thimble thin thing think third thirsty thirty
thistle thorn though thought thread three throat throne through throw thrown thumb thunder tick
ticket tickle tiger tight till time tinkle tiny tiptoe tire title toad toast today toilet told
tomato tone tongue tonight took tool toot tooth topaz torch tore torn toss toucan touch toward
towel tower town trace track tractor trade train tray treat tree trick tried trim trip trolley
trophy trouble truck true truly trunk trust truth tuba tuesday tulip tumble tundra tune tunnel
turbine turkey turn turtle twelve twenty twice twig twin uncle under unfair unfold unhurt unicorn
uniform united unkind unknown unless until upper upset upside uptown upward used useful utopia
valley value vanilla vase velvet venture veranda verse vessel victory view village vine viola
violet visit visitor vivid voice volcano vote voyage waffle wagon wait wake waken walk wall walnut
walrus want warm warn wash waste watch water wave wayside wear weary weather weave wedding weed
week weekly weigh welcome well went west western whale wharf wheat wheel while whirl whisper
whistle white wide wiggle wild wildcat will willow wind window windy wing wink winner winter wipe
wire wise wish without wizard woke wolf woman women wonder wood wooden wool woolen word wore work
worker world worm worn worry worth wove wrap wren wring write writing written wrote wrung yacht
yard yarn year yell yellow yogurt yolk yonder young youth zebra zenith zephyr zigzag zinc
"""
_LIST = _TEXT.split()
_PLACE = {word: place for place, word in enumerate(_LIST)}


def words_of(digest: str) -> tuple[str, ...]:
    """The words for a digest of at least 88 bits, in hexadecimal."""
    number = int(digest[: _TAKEN // 4], 16)
    places = [number >> (_BITS * left) for left in reversed(range(COUNT))]
    return tuple(_LIST[place % len(_LIST)] for place in places)


def read(text: str) -> tuple[str, ...]:
    """The words in what somebody typed, whatever stands between them."""
    return tuple(re.findall(r"[a-z]+", text.lower()))


def unknown(words: Sequence[str]) -> list[str]:
    """The words that are not in the list."""
    return [word for word in words if word not in _PLACE]


def beginning(words: Sequence[str]) -> str:
    """How a digest with these words begins, in hexadecimal. KeyError: a word is not in the list."""
    number = 0
    for word in words:
        number = (number << _BITS) | _PLACE[word]
    return f"{number:0{_TAKEN // 4}x}"
