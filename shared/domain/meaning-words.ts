/*
 * The words that sentiment is worked out from: ours, in English, for calls in which something is offered. Each has a
 * weight from 1 to 3 by how much it says. Phrases stand before words: `not interested` is one thing and not two.
 */

const GOOD: Readonly<Record<1 | 2 | 3, string>> = {
  1: `yes yeah yep sure okay ok alright fine right agreed correct easier useful helpful nice kind clear simple fair
    reasonable handy possible ready cheap cheaper affordable quick thanks thank welcome glad happy hope like likes liked
    prefer better worth enjoy enjoyed curious open willing fits suits works relaxed polite honest safe comfortable`,
  2: `good great interested interesting excited love loved lovely appreciate appreciated pleased perfectly definitely
    certainly absolutely impressive impressed recommend recommended trust valuable benefit benefits satisfied delighted
    convinced helped solved improve improved improves brilliant super deal bargain smooth reliable`,
  3: `excellent perfect amazing fantastic wonderful awesome outstanding thrilled superb`,
};

const BAD: Readonly<Record<1 | 2 | 3, string>> = {
  1: `busy expensive costly difficult hard unsure doubt doubtful worried worry confusing confused unclear slow late
    unfortunately sorry problem problems issue issues afraid unable cannot wrong missing unnecessary tired hesitant
    complicated risky concern concerned concerns expire cancel cancelled unlikely already`,
  2: `bad worse annoyed annoying bother bothering disappointed disappointing unhappy upset complaint complain complained
    refuse refused reject rejected useless broken failed failing fail unacceptable overpriced dislike disliked hate
    hated unwanted pushy rude waste wasted wasting mistake mistakes trouble frustrated frustrating angry lied lying
    spam nonsense pointless unreliable misled`,
  3: `terrible awful horrible scam fraud disgusting worst furious harassment harassing illegal lawyer sue threatening
    ridiculous outrageous`,
};

const PHRASES: Readonly<Record<string, number>> = {
  'not interested': -3,
  'no interest': -3,
  'stop calling': -3,
  'stop ringing': -3,
  'take me off': -3,
  'remove me': -3,
  'do not call': -3,
  "don't call": -3,
  'leave me alone': -3,
  'not today': -1,
  'not now': -1,
  'no thanks': -2,
  'no thank you': -2,
  'wrong moment': -1,
  'bad time': -1,
  'too expensive': -2,
  'too much money': -2,
  'waste of time': -3,
  'how did you get my number': -2,
  'no need': -2,
  "don't need": -2,
  'do not need': -2,
  "can't afford": -2,
  'cannot afford': -2,
  'fed up': -2,
  'let down': -2,
  'sign me up': 3,
  'sounds good': 2,
  'sounds better': 2,
  'sounds great': 3,
  'send it over': 2,
  'send me': 1,
  'please do': 2,
  'go on': 1,
  'go ahead': 2,
  'tell me more': 2,
  'how much': 1,
  'when can you': 2,
  'makes sense': 2,
  'looking forward': 3,
  'that is right': 1,
  'that would be nice': 2,
  'no problem': 2,
  'no worries': 1,
  'not bad': 1,
  'why not': 1,
  'of course': 1,
  'we would like': 2,
  "i'd like": 2,
  'i would like': 2,
};

/** How much each word says, from -3 to 3. */
export const WEIGHTS: ReadonlyMap<string, number> = new Map([...weighed(GOOD, 1), ...weighed(BAD, -1)]);

function weighed(words: Readonly<Record<1 | 2 | 3, string>>, sign: 1 | -1): [string, number][] {
  return Object.entries(words).flatMap(([weight, list]) =>
    list.split(/\s+/).map((word): [string, number] => [word, sign * Number(weight)]),
  );
}

interface Phrase {
  readonly words: readonly string[];
  readonly weight: number;
}

/** Phrases by their first word, the longest first. */
export const PHRASES_FROM: ReadonlyMap<string, readonly Phrase[]> = phrasesByFirst();

function phrasesByFirst(): Map<string, Phrase[]> {
  const byFirst = new Map<string, Phrase[]>();
  for (const [text, weight] of Object.entries(PHRASES)) {
    const words = text.split(' ');
    byFirst.set(words[0]!, [...(byFirst.get(words[0]!) ?? []), { words, weight }]);
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  return byFirst;
}

/** Turn what follows into its opposite. */
export const NEGATIONS: ReadonlySet<string> =
  wordSet(`not no never hardly barely neither nor without cannot can't
  don't doesn't didn't won't wouldn't isn't aren't wasn't weren't haven't hasn't couldn't shouldn't nothing nobody none`);

export const STRONGER: ReadonlySet<string> = wordSet(
  'very really so extremely absolutely totally completely much most especially',
);

export const WEAKER: ReadonlySet<string> = wordSet(
  'slightly somewhat rather fairly quite maybe perhaps partly almost',
);

/** Words that stand in every talk and tell nothing of what it was about. */
export const EVERYDAY: ReadonlySet<string> =
  wordSet(`about above after again all also always and any anybody anyone
  anything are around ask asked because been before being below between both but bye call called calling calls can come
  comes could day days did does doing done down each either else even ever every everything few find first for forget
  free from get gets getting give given goes going gone good goodbye got great had has have having hear hello help her here
  him his hold how into its itself just keep know last least less let like little look looked looking made make many may
  maybe mean might mind minute minutes moment more morning most much must name need needed never next nice nobody none not
  nothing now number often one only our out over own part people perhaps person place please put rather read really right
  ring said same saw say says see seen send set shall she should side since some somebody someone something soon sorry sounds
  speak speaking still such sure take takes talk tell than thank thanks that the their them then there these they thing
  things think this those though through time times today together told tomorrow too two under until upon use used very
  want wanted wants was way week well went were what when where which while who whole why will with without word would
  year years yes yesterday yet you your yours afternoon evening`);

function wordSet(text: string): Set<string> {
  return new Set(text.split(/\s+/));
}
