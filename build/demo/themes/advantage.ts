import { lines, stages } from '../template.ts';
import type { Theme } from '../theme.ts';

const anyone = ['officer', 'staff', 'volunteer', 'unknown'] as const;

/** Category 2: position used for personal advantage, financial or otherwise. */
export const advantageThemes: readonly Theme[] = [
  {
    id: 'drug-use-and-supply',
    categories: ['advantage', 'information'],
    weight: 8,
    kinds: anyone,
    atRisk: 0.2,
    risks: ['public'],
    opening: lines(`
      The reporter states that {subject} uses {drug} regularly and supplies it to others.
      {Subject} is alleged to use {drug} on and off duty and to sell small amounts to friends and colleagues.
      It is reported that {subject} buys {drug} from {assoc} and knows full well that he is a dealer.
      Information has been received that {subject} is dependent on {drug} and has gone to work under its influence.`),
    account: stages(`
      {S} uses {drug} [most weekends at {pub}|at parties in a house on {street}|before football on Saturdays], openly and in front of people who are not police.
      {S} was {seen} on {date} in the toilets of {pub} with {few} others, and came out wiping {his} nose.
      On {date}, at a party on {street}, {s} put a bag of {drug} on the table and told people to help themselves.
      It began as weekend use and is said now to be {often}, including on rest days before an early start.

      The supplier is {assocName}, who delivers to a house on {street} in {vehicle} and is paid by bank transfer marked "tickets".
      {S} collects from {assoc} behind {business} on {weekday} evenings and pays about {money} a time.
      {He} gets it on tick from {assoc}, to whom {he} is said to owe {sum}.
      The drugs are said to come, in part, from searches, where less is booked in than was found.

      {S} sells on to {few} friends, two of whom are said to work on the same {team}.
      {He} does not sell for profit, but buys for a group and hands it out in [gym locker rooms|car parks|the smoking area of {pub}].
      At {gym} {s} is known as the person to see, and has offered {drug} to people as young as 18.
      {He} passes it to a [colleague|relative], who sells it in {town}.

      {S} knows when random testing is due, and has [gone sick|swapped a shift] to miss it.
      {He} has told friends how long it stays in the blood and that {he} keeps {few} days clear when a test is likely.
      {S} is said to have been at work on {later}, on {shift}, within hours of using.`),
    details: lines(`
      {His} behaviour has changed: sudden anger, sweating, weight loss and long absences at work.
      {S} drives after using, and was {seen} to do so at {late} on a {weekday}.
      There is video of one of these evenings on a phone, in which {his} face can be seen.
      When someone said that it was a risk to the job, {s} replied "who is going to stop me, the police?"
      {S} asked {assoc} to delete their messages after another officer was suspended.
      A small tin with {drug} is said to be kept in the [glovebox|locker|kit bag].
      {S} has borrowed money from colleagues and does not pay it back.
      {Assoc} has boasted that he "has a copper on the books", though the reporter cannot say whether anything is passed to him.
      The smell of cannabis at {his} home is noticed by neighbours.`),
  },
  {
    id: 'overtime-and-vehicles',
    categories: ['advantage'],
    weight: 7,
    kinds: ['officer', 'staff'],
    roles: ['Police Community Support Officer', 'civilian investigator', 'fleet technician'],
    atRisk: 0.02,
    risks: ['public'],
    opening: lines(`
      The reporter states that {subject} claims overtime that is not worked and uses a force vehicle for private journeys.
      {Subject} is alleged to use a marked police vehicle as {his} own, for shopping, visits and lifts.
      It is reported that {subject} has been falsifying hours and mileage for {period}.
      The report is about {subject}, who is said to spend much of each duty at home.`),
    account: stages(`
      A force vehicle is parked near {his} home on {street} {often}, for up to {few} hours at a time, during {shift}.
      {S} was {seen} on {date} at a builders' merchant in {town}, loading timber into a police van.
      On {date} at {time} a marked car was outside {pub} while {s} watched the football inside in a civilian jacket.
      {S} takes children to school in a police car, and on {date} collected furniture from {village} in a van.

      {He} books [four|five|six] hours of overtime for each court warning, though {he} is usually home by noon.
      The overtime is put in on {weekday} for the weekend, and signed off by a supervisor who is a friend.
      {S} has told people that the trick is to book off late from home on the mobile device.
      Claims are made for [dog care|on-call duties|training] that do not take place, and are worth {money} a month.

      Fuel from the force card is said to have been put into {vehicle} on at least [two|three|four] occasions.
      The mileage log is made up at the end of the month, in {his} own words "with a bit of imagination".
      The tracker in the vehicle is said to be switched off, or its fuse pulled, before these journeys.
      Blue lights have been used to get through traffic on {street} when there was no call.

      In the meantime calls are left to others on the {team}, who have grown bitter about it.
      {S} answers the radio from the sofa and says that {he} is on patrol in {village}.
      The cost is put by the reporter at about {sum} over {period}.`),
    details: lines(`
      A neighbour has joked that {street} is the safest in the county because a police car is always there.
      {S} has been seen to change out of uniform in the vehicle.
      The vehicle's telematics for {later} should show the journey.
      On {later} the vehicle was away all afternoon, and came back with sand on the seats.
      Friends have been driven home from {pub} in a marked car with the lights on.
      {S} works a second job on days on which overtime is claimed.
      The supervisor is said to owe {him} a favour and does not check.
      A doorbell camera on {street} is likely to show the vehicle come and go.
      It is said that two others on the {team} now do the same.`),
  },
  {
    id: 'business-interest',
    categories: ['advantage', 'information'],
    weight: 6,
    kinds: ['officer', 'staff', 'volunteer'],
    roles: ['Police Community Support Officer', 'civilian investigator', 'crime recording clerk', 'Special Constable'],
    atRisk: 0.02,
    risks: ['public'],
    opening: lines(`
      The reporter states that {subject} runs {business} without having declared it, and does the work in duty time.
      {Subject} is alleged to have an undeclared interest in {business}, and to use police contacts to win work for it.
      It is reported that {subject} works for {business} while on sick leave from the police.
      The report concerns an undeclared business, {business}, which is said to belong in truth to {subject}.`),
    account: stages(`
      The business is in the name of {his} {partner}, but {s} answers the telephone, sets the prices and banks the takings.
      On paper the owner is {assoc}, but it is {s} who opens up and pays the staff in cash.
      {S} has worked there {often} {since}, and has been {seen} there in a shirt with the firm's name on it.

      {S} has been off sick since {month} with a bad back, and was {seen} on {date} carrying [paving slabs|washing machines|scaffold boards] at an address on {street}.
      During {shift} {s} takes calls for the firm, and on {date} left a scene to meet a customer in {village}.
      {He} arranges police duties around jobs for the firm and has swapped {few} shifts in a month.

      Victims of [burglary|car crime|shop theft] whom {s} deals with are told that the firm can [fit a better lock|recover the vehicle|supply guards], and given a card.
      {He} has used {system} to find out about customers who owe money.
      A rival firm has had {few} visits from police since the business opened, all of them after calls from {s}.
      The firm has done work at a police building, and no conflict was declared by {s}.

      Turnover is said to be about {sum} a month, much of it in cash and not put through the books.
      {S} applied to have the interest approved and was refused, and carried on under another name.
      When a supervisor asked, {s} said that it was a hobby and that the {partner} did it all.`),
    details: lines(`
      {S} visits customers in {vehicle}, and drives it to work as well.
      Some of the workers are said to have no right to work and to be paid {money} a week.
      {S} advertises on {app} under a nickname, with a photograph that shows {his} hands and watch.
      Police stationery and a printer at work are used for invoices.
      A customer who complained about poor work was reminded what {s} does for a living.
      {Assoc} is said to have put money into it, and has convictions.
      On {later} {s} was on site in {town} from early morning until dark, on a day when {he} was being paid by the force.
      The website was changed in {month} and {his} name removed.`),
  },
  {
    id: 'theft-of-property',
    categories: ['advantage'],
    weight: 6,
    kinds: ['staff', 'officer', 'volunteer'],
    roles: [
      'evidence store clerk',
      'custody detention officer',
      'enquiry office assistant',
      'Police Constable',
      'Detective Constable',
      'Special Constable',
      'fleet technician',
    ],
    atRisk: 0.03,
    risks: ['public'],
    opening: lines(`
      The reporter states that {subject} steals seized property and exhibits, and sells some of it.
      {Subject} is alleged to have taken cash, jewellery and tools from [the property store|exhibit bags|searches].
      It is reported that {subject} keeps items that were handed in or seized, which are then shown as destroyed.
      Information has been received that {subject} has been taking {drug} from exhibits before destruction.`),
    account: stages(`
      Items which are due for disposal are said to be signed off as destroyed and to leave the building in a [rucksack|kit bag|lunch bag].
      At searches {s} likes to be the one who counts the cash, and it is said that a few notes never reach the bag.
      Property of people in custody is the easiest, as {s} has said, since "they never remember how much they had".
      Found property that is handed in at the counter is not recorded when the finder does not ask for a receipt.

      In {month} {s} offered [a set of cordless drills|a designer watch|an electric bicycle|two phones] for sale in {pub}, with the remains of a police label on one.
      On {date} a gold chain, which had been seized at an address on {street}, was {seen} around {his} neck.
      {S} sold {few} phones to {assoc}, who has a stall in {town}, in {month}.
      After a search on {street} on {date} the occupant said that {sum} had been taken and only part of it appeared on the record.

      A colleague is thought to countersign without looking.
      The bags are opened along the seam and sealed again with new tape, and {s} has shown somebody how.
      The system is changed afterwards to say that the item was returned to its owner.
      Checks of the store are announced in advance, and {s} brings things back for the day.

      {S} made about {sum} from this over {period}, by {his} own account.
      Some of it was given away, including a child's bicycle at Christmas.
      The money goes on [betting machines in {town}|a car on finance|holidays], and {s} is always short at the end of the month.`),
    details: lines(`
      A lock-up near {street} is said to hold what has not been sold.
      {S} goes into the store at {time}, when nobody else is there, on the pretext of filing.
      Listings under a nickname on a selling site show the carpet of {his} front room.
      An owner who came for a ring was told that it had never been booked in.
      {S} has asked which serial numbers are put on the national register.
      On {later} {s} put a box into {vehicle} in the rear yard and covered it with a coat.
      {Drug} is said to have been taken from an exhibit and replaced with [flour|baking powder].
      Someone else on the {team} is believed to know and to be too frightened to speak.`),
  },
  {
    id: 'abuse-of-authority',
    categories: ['advantage', 'discrimination'],
    weight: 6,
    kinds: ['officer', 'volunteer'],
    roles: ['Special Constable', 'Special Sergeant'],
    atRisk: 0.2,
    risks: ['public'],
    opening: lines(`
      The reporter states that {subject} uses a warrant card and the uniform to get {his} own way in private disputes.
      {Subject} is alleged to have threatened neighbours on {street} with arrest over a private quarrel.
      It is reported that {subject} uses {his} position to obtain free meals, entry and discounts, and makes trouble for those who refuse.
      The reporter alleges that {subject} has bullied a family on {street} for {period}, always by reference to the job.`),
    account: stages(`
      The quarrel is about [parking|a boundary fence|a dog|building noise], and on {date} {s} came to the door in uniform while said to be on duty.
      At {cafe} {s} has not paid for a meal in {period}, and shows the warrant card when the bill comes.
      {S} is a regular at {pub}, where {he} stays after closing and tells the staff that {he} decides whether they keep the licence.
      In {month}, after a minor bump in a car park, {s} told the other driver to pay {money} or be arrested.

      On {date} at {time} {s} told a neighbour, in front of children, that {he} could "have you nicked by teatime".
      When the owner asked for payment, {few} officers came the next day and searched the staff.
      {S} had a relative of the neighbour stopped and searched on {street} {few} times in a month.
      A marked car has been parked across the neighbour's drive {often}, with nobody in it.

      {He} is said to have looked the family up on {system} and to have known of an old caution.
      {S} made a report of harassment against the neighbour, and a friend on the {team} recorded it.
      Others have seen it and say nothing, because {s} has told them that a complaint "comes to my desk".

      The people concerned have [begun to use the back door|put their house up for sale|stopped going out in the evening].
      One of them is [elderly and has a heart condition|an immigrant who is afraid of losing the right to stay|a single parent], and will not complain.
      The owner pays, in effect, {money} a month to be left alone.`),
    details: lines(`
      {S} pushed a man in the chest on {later} and told him to "hit me, and see what happens".
      There is a recording from a doorbell of one of these conversations.
      {S} shows the warrant card at nightclubs and brings {few} friends in.
      The phrase used is said to be "do you know who I work for".
      {S} is the more aggressive after drinking.
      Refunds are demanded in shops for goods which were not bought there.
      A pupil was told by {s} at the school gate that {he} would be watching.
      The council was asked to deal with it and was told by {s} that police had it in hand.`),
  },
];
