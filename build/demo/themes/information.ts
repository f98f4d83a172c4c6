import { lines, stages } from '../template.ts';
import type { Theme } from '../theme.ts';

const anyone = ['officer', 'staff', 'volunteer', 'unknown'] as const;

/** Category 1: information or influence for money or favours. */
export const informationThemes: readonly Theme[] = [
  {
    id: 'checks-for-associates',
    categories: ['information', 'advantage'],
    weight: 9,
    kinds: anyone,
    roles: [
      'Police Constable',
      'Detective Constable',
      'Police Sergeant',
      'control room operator',
      'crime recording clerk',
      'intelligence researcher',
      'civilian investigator',
      'Police Community Support Officer',
      'Special Constable',
    ],
    atRisk: 0.16,
    risks: ['exposed'],
    opening: lines(`
      The reporter states that {subject} has been carrying out checks on police systems for friends and associates who are nothing to do with any investigation.
      {Subject} is alleged to look people and vehicles up on police systems as a favour, and {since} has [taken money for it|been paid for it in cash|been rewarded for it with money and drink].
      It is reported that {subject} runs checks on registration numbers and addresses for people outside the police.
      The report concerns {subject}, who is said to be "the one to ask" in {town} for anyone who wants a name or a vehicle checked.
      Information has been given that {subject} is misusing access to {system} on behalf of a group of associates.`),
    account: stages(`
      The requests come from a man known as {assocName}, who [sends registration numbers by {app}|writes names on betting slips|rings from a different number each time] and has an answer [within the hour|by the end of the shift|the next day].
      A man called {assocName}, who has [a garage|a car pitch|a lettings business] near {street}, sends the details by {app} and is sent back [a photograph of a screen|a short voice message|the name and address of the keeper].
      The checks are asked for by {assocName}, a [doorman|car dealer|debt collector] from {town}, who has boasted that he "has someone on the inside".
      The person who benefits most is {assocName}, who is understood to have convictions for [supplying drugs|violence|fraud] and who uses the details to find people who owe him money.

      On or about {date} {s} checked [a vehicle seen outside an address on {street}|the new boyfriend of an associate's sister|a man who had fallen out with the group], and the result was read aloud in {pub} the same evening.
      In {month} the keeper of a vehicle parked on {street} was visited at home within a day of the number having been passed to {s}.
      The reporter has been told of one occasion, on {date}, when {s} searched {system} for [a rival|a former tenant|a witness] and passed on an address, a date of birth and whether the person was "known".
      A check made in {month} is said to have shown {assoc} that a vehicle on {street} was [an unmarked police car|of interest to police], after which the group stopped using a lock-up there.

      {He} is said to charge {money} for a vehicle and more for a person, and to take it in cash.
      In return {s} has had [building work done on the house|a set of tyres|a holiday let for a week|tickets to football] and the odd envelope of {money}.
      No money is known to have changed hands, but {s} does not pay for drinks in {pub} and had a car repaired for nothing.
      The going rate was put at {money} a time, and the reporter has heard that {s} made about {sum} last year.

      The searches are said to be hidden by [being logged against jobs that {s} had already attended|being run under a colleague's login when a terminal is left open|being spread over several shifts].
      {He} told {assoc} that nobody looks at the audit so long as [there is a log number to put in the box|you do not search your own name].
      The checks are believed to be made [on {shift}, when the office is quiet|in the last hour of the shift|from a terminal in the parade room].`),
    details: lines(`
      There may be as many as [twenty|thirty|forty] checks over {period}, according to what {assoc} has said in front of others.
      {S} has been heard to explain which searches leave a trace and which do not.
      A screenshot of part of a record was passed round a group chat, and showed a home address and a warning marker.
      At least one of the people looked up is a woman who had moved to get away from a violent man.
      {Assoc} keeps the replies on a second phone, which he is said to use for nothing else.
      On {later} {s} asked for more money, because checks on people were "getting harder to hide".
      One request, on {weekday} at {time}, was turned down, since the person was "flagged" and {s} would have been asked why.
      {S} refers to the searches as [homework|shopping|doing the crossword] in messages.
      The first check is said to have been an innocent favour about a second-hand car, and it went on from there.`),
  },
  {
    id: 'leaking-operations',
    categories: ['information'],
    weight: 8,
    kinds: anyone,
    roles: [
      'Police Constable',
      'Detective Constable',
      'Detective Sergeant',
      'control room operator',
      'intelligence researcher',
      'Inspector',
    ],
    atRisk: 0.26,
    risks: ['exposed'],
    opening: lines(`
      The reporter states that {subject} gives advance warning of police operations to {group}.
      {Subject} is alleged to be passing details of searches and arrests to {group} before they happen.
      It is reported that {group} in {town} know when police are coming because {subject} tells them.
      Information has been received that {subject} leaks briefing material to people involved in the supply of {drug}.
      The reporter alleges that {subject} has for {period} been warning a crime group of planned police activity.`),
    account: stages(`
      A search of an address on {street} on {date} found nothing, and the reporter says that the house had been [cleared|emptied and cleaned] the night before, after a call at {time}.
      When warrants were executed on {estate} in {month}, {few} of the people sought had already left, and one said afterwards that "the early bird rang".
      In {month} a stash of {drug} was moved out of a lock-up behind {street} {few} hours before officers arrived with a dog.
      On {date} a planned stop of a vehicle did not come off, because the driver had been told to leave the drugs at home and to expect a search.

      The warnings go to {assocName}, who is [related to|in business with|a boyhood friend of] someone in {group} and who has known {s} since [school|they worked a door together|they played football together].
      The go-between is {assocName}, who meets {s} in the car park of {gym} and is never seen to write anything down.
      {S} sends the warning by {app} with messages set to disappear, and uses [football scores|the weather forecast|talk of a barbecue] as a code.
      Contact is made by a missed call from a number which is changed every few weeks, after which {assoc} walks to a telephone box near {street}.

      {He} is said to have been paid {sum} for the last one and to have [cleared a loan|bought a hot tub|put down a deposit on a caravan] with it.
      For this {s} receives a monthly sum that has been put at {money}, with extra for anything urgent.
      Money is thought to be the reason, as {s} was known to be in debt from [online betting|a divorce|a failed business] until last year.
      There is no talk of money, and the reporter believes that {s} does it because of [a family tie|something that {assoc} holds over {him}|a cocaine habit that the group supplies].

      The name of a person who had spoken to the police is also said to have been passed on, in {month}.
      It is said that {s} described the [unmarked cars|undercover officer|observation point] in use, so that the group knew what to look for.
      {S} is understood to have passed on [a briefing sheet with photographs|the start time and the team|which addresses were on the list], and not only a warning.`),
    details: lines(`
      Members of {group} have been heard to laugh that they have "a better briefing than the police".
      After the failed search {assoc} bought drinks for everybody in {pub} and raised a toast to "our friend in blue".
      {S} is not always on duty when the calls are made, which suggests that [someone else tells {him}|{he} looks at the plans from home|{he} has access to the planning calendar].
      A new camera and a steel door were put up at the address on {street} within two days of a planning meeting.
      The reporter is aware of {few} operations that are said to have been spoiled in this way over {period}.
      {S} is said to have asked colleagues on other teams about jobs that are none of {his} business.
      A meeting took place on {later}, at {time}, in a lay-by outside {village}, and lasted about ten minutes.
      It was said that {s} will be asked soon for the date of a trial witness's visit to court.`),
  },
  {
    id: 'crime-group-favours',
    categories: ['information', 'advantage'],
    weight: 7,
    kinds: ['officer', 'staff', 'volunteer'],
    atRisk: 0.1,
    risks: ['exposed', 'public'],
    opening: lines(`
      The reporter states that {subject} accepts cash and holidays from {group}, who are said to be behind most of the {drug} sold in {town}.
      {Subject} is alleged to be in the pay of {group} and to live well beyond a police wage.
      It is reported that {subject} has taken gifts, hospitality and at least one foreign holiday from people involved in organised crime.
      The report concerns {subject}, who is said to have been "bought" by {group} {since}.`),
    account: stages(`
      In {month} {s} spent [a week in a villa in Spain|ten days in Dubai|a long weekend in Portugal] that was paid for by {assoc}, and photographs of the two by a pool were shown around before being deleted.
      {S} and family had a holiday in {month}, in an apartment which belongs to {assoc}, and flew on tickets that he had paid for in cash.
      A stag weekend in {month} was paid for by {assoc}, who told the others that {s} "never puts a hand in {his} pocket".
      The reporter describes a handover on {date} at {cafe}, when {assoc} put an envelope inside a newspaper and {s} walked out with it.

      Cash is handed over {often} [in the toilets of {pub}|in the car park of {gym}|at the counter of {business}], in sums of about {money}.
      Payments are said to be made through {business}, where a relative of {s} is on the books and does no work.
      Rather than cash, {s} is given [designer clothes|watches|hospitality at the races|work on the house by tradesmen who send no bill].
      An amount of {sum} was lent to {s} in {month} and nobody expects it back.

      In return the group's [vehicles are not stopped|premises are left alone|rivals are searched again and again].
      What {s} does for the money is not fully known, but {assoc} was let go on {date} after being stopped with what was plainly {drug}.
      {He} is said to steer other officers away from {business} by saying that [it has been looked at already|the owner is helping police|there is an operation running].
      The reporter believes that the group receives [word of complaints about them|the names of callers|advice on what police can and cannot prove].

      {S} drives {vehicle}, which is far beyond what the job pays, and says that [an aunt left some money|it is leased|it was won at cards].
      The lifestyle is noticed: {s} has had a new kitchen, {few} holidays in a year and a watch said to be worth {sum}.
      {He} gambles heavily and is often {seen} with large amounts of cash in rubber bands.`),
    details: lines(`
      {Assoc} is described as the one who collects for {group} and as a man of whom people are afraid.
      When asked by a friend, {s} said that everybody has a second income and that "they only want to be left alone".
      {S} was a guest at a family christening of {group} and sat at the top table.
      There are said to be photographs on a phone belonging to a relative of {assoc}.
      {S} has asked {assoc} not to call during duty hours and to use {app} only.
      The reporter understands that no business interest or gift has been declared.
      On {later} {s} was {seen} to drive {assoc} home from {hotel}, where the group hold their meetings.
      One of the group said that getting {him} had been "the cheapest thing we ever bought".`),
  },
  {
    id: 'inappropriate-association',
    categories: ['information', 'advantage'],
    weight: 6,
    kinds: anyone,
    atRisk: 0.08,
    risks: ['exposed', 'public'],
    opening: lines(`
      The reporter states that {subject} keeps close company with {assocName}, a well-known drug dealer, and has not told the force.
      {Subject} is said to be in a relationship with a member of {group} and to hide it from work.
      It is reported that {subject} socialises with people who have serious convictions, among them {assocName}.
      The reporter is concerned that {subject} is too close to {group} to be trusted with police information.`),
    account: stages(`
      The two train together at {gym} {often} and go on to {pub}, where they sit apart from everyone else.
      {S} stays overnight at {assoc}'s address on {street} and leaves from there for {shift}.
      They were at school together and never lost touch, although {assoc} has since served [three|four|six] years in prison.
      They met, so it is said, when {s} dealt with {assoc} in custody, and have been friends since.

      {S} was at {assoc}'s birthday at {hotel} on {date}, where {drug} was used openly and {few} of the guests were on licence.
      On {date} {s} was {seen} in the passenger seat of a vehicle driven by {assoc}, who is disqualified.
      In {month} {s} let {assoc} use {vehicle} for a weekend, and it was seen outside an address known for dealing.
      {S} lent {assoc} {sum} in {month}, and was repaid in cash within days.

      At work {s} has spoken up for {assoc} and has told colleagues that he is "a good lad who is misunderstood".
      {S} is understood to have told {assoc} which officers are likely to be out on {weekday} nights.
      It is not known that information has been passed on, but {assoc} does seem to know [who has been arrested before it is public|when there are extra patrols|which officers are off sick].
      {He} has asked a colleague how a certain case against {assoc} is getting on.

      The association has never been notified, as {s} has said openly that "what they do not know will not hurt them".
      {S} is aware of the rule on notifiable associations and asked friends not to post pictures.
      A colleague is said to have warned {him} about it in {month}, and to have been told to mind their own business.`),
    details: lines(`
      {Assoc} introduces {s} to people as "my solicitor".
      They holiday together with their families each summer near {village}.
      Photographs of the two were on {app} until {month}, when they were taken down.
      {S} changed phones after {assoc} was arrested in {month}.
      When {assoc}'s door was put in by police, {s} visited his mother the same evening.
      {S} is often in {business}, which is owned by a member of {group} and is said to launder cash.
      The reporter has seen {assoc} put his phone away when others come near, saying that he was "talking to work".
      {S} is said to have been asked to apply for a post in intelligence, and to have done so.`),
  },
  {
    id: 'perverting-justice',
    categories: ['information', 'advantage'],
    weight: 5,
    kinds: ['officer', 'staff'],
    roles: [
      'Police Constable',
      'Detective Constable',
      'Detective Sergeant',
      'Police Sergeant',
      'Detective Inspector',
      'civilian investigator',
    ],
    atRisk: 0.14,
    risks: ['exposed', 'complainant'],
    opening: lines(`
      The reporter states that {subject} has interfered with a criminal case to protect {assoc}.
      {Subject} is alleged to have lost evidence on purpose so that a case against {assoc} would fail.
      It is reported that {subject} altered [a statement|a pocket notebook entry|an exhibit record] in a case that was about to go to court.
      Information has been given that {subject} was paid to make a charge "go away".`),
    account: stages(`
      {Assoc} had been arrested on {date} for [an assault outside {pub}|drink-driving|possession of {drug} with intent to supply], and the evidence is said to have been strong.
      The case concerned an assault on {street} in {month}, which was [captured on camera|seen by {few} people].
      The matter was a burglary in {village}, for which {assoc} was identified by [a neighbour|a fingerprint|the property found in his car].

      The recording from a camera on {street} was collected by {s} and was never booked in, and was later said to have been [corrupted|overwritten|of no use].
      {S} went to see the main witness alone on {later}, without an appointment, after which the witness signed a retraction.
      Body-worn video of the arrest is said to have been marked as non-evidential by {s}, so that it would be deleted.
      A second statement replaced the first, and the part which named {assoc} was no longer in it.

      {S} and {assoc} are [cousins by marriage|members of the same club|old friends], which was declared to nobody.
      The reporter has been told that {assoc} paid {sum}, half before and half after.
      {He} did it, according to what was said in {pub}, as a favour for [a mutual friend|a retired officer|a member of {group}].

      The case was dropped in the week before the trial, and {assoc} has been heard to thank {s} by name.
      The victim was told that there was "not enough to go on", and has given up on the police.
      Prosecutors were told that the material did not exist, which the reporter believes to be untrue.`),
    details: lines(`
      A colleague who questioned it was told by {s} to leave it alone, "unless you want to carry the file".
      The reporter believes that the same was done at least once before, in a case about [a fight at a wedding|a stolen van].
      {S} took the file home, and it came back thinner.
      A message from {s} was seen which said only "sorted" with a thumbs-up.
      The witness is said to have been told where {assoc} lived, and that he knew where the witness lived.
      The times in the record do not agree, as {s} was in {town} when the visit is said to have been made.
      It was said that {s} wrote the notes up {few} days later, in one go, using the same pen.
      The reporter believes that the original of the recording may still be held by the shop.`),
  },
  {
    id: 'browsing-records',
    categories: ['information'],
    weight: 6,
    kinds: ['staff', 'officer', 'volunteer'],
    atRisk: 0.14,
    risks: ['exposed', 'formerPartner'],
    opening: lines(`
      The reporter states that {subject} reads police records about neighbours, relatives and people in the news, and talks about what is in them.
      {Subject} is alleged to look up family, friends and former partners on {system} with no work reason.
      It is reported that {subject} shares details of incidents from {system} with friends on {app}.
      The report concerns {subject}, who is said to use police records to settle a family dispute.`),
    account: stages(`
      At a gathering in {village} on {date}, {s} told people what a neighbour on {street} had been arrested for, before anyone else knew.
      In {month} {s} told a group of parents about a child-protection visit to a family on {street}.
      {S} repeated, word for word, what a relative had told officers in a call about domestic abuse.
      A log about a sudden death on {street} was described in a group chat, with the name, before the family had been told.

      {S} says openly that nothing is easier than to "have a quick look" on {shift} when it is quiet.
      {He} explained that a search can be put down to any open incident.
      The searches are believed to go back {period} and to number in the dozens.
      {He} has looked up at least [two|three|four] people that the reporter knows of, and probably more.

      In a dispute over the care of a child, {s} quoted from old reports that only the police could have had.
      {S} is said to have used a neighbour's caution, which was many years old, to have {vhim} turned down for a tenancy.
      When a cousin began a new relationship, {s} looked the person up and told the family of two old convictions.
      Details were given to a friend who is a [private investigator|local journalist|landlord], perhaps for money.

      {S} does not seem to see the harm, and laughed that "everyone on the {team} does it".
      When told that it was wrong, {s} said that it would be denied and that nobody could prove who had looked.
      {He} has since been more careful, and now shows people the screen of a phone rather than sending anything.`),
    details: lines(`
      {S} photographs the screen with a personal phone.
      One of the persons looked up is a councillor, and another a teacher.
      The reporter saw a picture of a log on {app} on {later}, with the time of {late} at the top.
      {S} has asked colleagues to run a name "because I am locked out".
      It is feared that the address of someone in hiding has been read in this way.
      {S} once named a person who had rung the police about a dealer on {estate}.
      The force's warning on the log-in screen was joked about.
      {S} knew the result of a drink-drive test within an hour of it, while on leave.`),
  },
];
