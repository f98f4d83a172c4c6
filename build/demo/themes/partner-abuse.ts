import { lines, stages } from '../template.ts';
import type { Theme } from '../theme.ts';

const anyone = ['officer', 'staff', 'volunteer', 'unknown'] as const;

/** Category 4: a partner, or someone in a relationship with the subject, abused or controlled. */
export const partnerAbuseThemes: readonly Theme[] = [
  {
    id: 'controlling-partner',
    categories: ['partnerAbuse', 'information'],
    weight: 7,
    kinds: anyone,
    mostlyMen: true,
    atRisk: 0.72,
    risks: ['partner', 'child'],
    opening: lines(`
      The reporter states that {subject} controls every part of {his} {partner}'s life and uses the police to do it.
      {Subject} is alleged to be abusive and controlling towards {his} {partner}, and to use {his} job as a threat.
      It is reported that {subject} has for {period} controlled the money, movements and friendships of {his} {partner}.
      The report concerns the {partner} of {subject}, and states that {phe} lives in fear of {him} at an address in {town}.`),
    account: stages(`
      The {partner} has no bank card, has to account for each journey and must answer a call within {few} rings.
      {S} chooses {phis} clothes, reads {phis} messages and has made {phim} give up work.
      {He} rings {often} during {shift} to ask where {phe} is, and has come home in the middle of it to check.
      Friends have been driven away one by one, and since {month} {phe} has not been allowed to see {phis} family without {s}.

      {S} has used {system} to check the number plates of cars that were parked near the house.
      {He} knew where {phe} had been on {date}, to the minute, and said that police have ways to find out.
      An application on {phis} phone shares the location at all times, and the camera at the front door reports to {s} at work.
      {S} looked up {phis} friends on {system} and then told {phim} what {he} had found.

      {He} has told {phim} that nobody will believe a word against a police employee, and that the officers who came would be {his} friends.
      When {phe} said that {phe} would report it, {s} laughed and recited what would be written on the log: "mentally unstable, no further action".
      {S} has said that {he} would have {phim} arrested, and that the children would be taken into care.
      {He} has explained how {he} would make {phim} look like the violent one, and once scratched {his} own face to show it.

      Police were called to the address by a neighbour in {month}, and the officers spoke with {s} in the garden, shook hands and left.
      {Phe} once went to a police station to speak to someone, saw a colleague of {s} and turned back.
      A previous report is believed to have been closed within a day.
      It has never been reported, because {phe} does not trust that it would stay secret.`),
    details: lines(`
      The door of the bathroom was taken off, so that {phe} cannot lock it.
      On {later} {phe} was locked out of the house until {late} for coming home late.
      Money for food is counted out, and the receipts are looked at.
      {S} has taken {phis} passport and keeps it in {his} locker at work.
      Handcuffs were put on {phim} in {month} as a "joke", and left on for an hour.
      {S} is charming in company, and few would credit it.
      {Phe} flinches when a radio is heard.
      {S} tells {phis} family that {phe} is ill and not to be listened to.
      {He} has said that, with {his} training, {he} knows how to leave no marks.
      The children go quiet when {s} comes into the room.
      A bag is kept at a friend's house on {street}, in case {phe} has to go.`),
  },
  {
    id: 'violence-at-home',
    categories: ['partnerAbuse'],
    weight: 5,
    kinds: anyone,
    mostlyMen: true,
    atRisk: 0.86,
    risks: ['partner', 'child'],
    opening: lines(`
      The reporter states that {subject} has assaulted {his} {partner} on several occasions and that it is getting worse.
      {Subject} is alleged to be violent at home, and the {partner} has been seen with injuries.
      It is reported that {subject} hits and threatens {his} {partner}, with whom {he} lives in {town}.
      The reporter is worried about the {partner} of {subject}, and says that {phe} was beaten again in {month}.`),
    account: stages(`
      On {date} {phe} was {seen} in {town} with a swollen lip and a bruise to the jaw, and said that {phe} had walked into a cupboard.
      Shouting and the sound of something breaking were heard from the address on {street} on {date} at {time}.
      {S} pushed {phim} down the stairs in {month}, and would not let {phim} go to hospital until the next day.
      In {month} {phe} arrived at a friend's door at night without shoes, and with marks on both arms.

      It happens {often}, mostly after {s} has been drinking or has come off a run of {shift}.
      {He} hits where it does not show and says that, if {phe} told anyone, {he} would lose the job and it would be {phis} fault.
      {S} has thrown [a plate|a boot|a telephone] at {phim}, has pulled {phis} hair and has spat at {phim}.
      It is followed by tears, flowers and a promise, and a week later it begins again.

      {S} stands over {phim} in work clothes, with the police lanyard on, so that {phe} does not forget who {he} is.
      {He} has told {phim} that {he} knows every officer who could be sent, and every trick.
      {S} said on {later} that if {phe} left {he} would find {phim} "in five minutes, on the system".
      {He} has threatened to kill {self} and to make sure that {phe} is blamed.

      A call was made to police in {month}, and {s} met the patrol at the door and spoke to them by their first names.
      {Phe} did speak to a doctor, but did not say what {s} does for a living.
      No report has been made, out of fear.
      Neighbours hear it and have stopped calling, as nothing came of it the first time.`),
    details: lines(`
      There are two children in the house, and one of them tried to step between.
      {Phe} covers {phis} arms in hot weather.
      {S} broke {phis} phone on {later}.
      The family dog was kicked, and has since been given away.
      {Phe} has begun to hide the kitchen knives.
      A previous partner of {s} is said to have left for the same reasons.
      {S} has a shotgun certificate, so the reporter believes.
      {Phe} has told a friend that {phe} is "counting the days".
      Alcohol is bought in {town} on {weekday} evenings, and the neighbours know what will follow.`),
  },
  {
    id: 'stalking-former-partner',
    categories: ['partnerAbuse', 'information'],
    weight: 5,
    kinds: anyone,
    mostlyMen: true,
    atRisk: 0.68,
    risks: ['formerPartner'],
    opening: lines(`
      The reporter states that {subject} is stalking a former partner and uses police systems and vehicles to do so.
      {Subject} is alleged to have followed and watched a former partner since they separated in {month}.
      It is reported that {subject} will not leave a former partner alone, and turns up wherever {phe} goes.
      The report concerns {subject}, who is said to be harassing a former partner who ended the relationship.`),
    account: stages(`
      {S} drives past the former partner's address in {town} {often}, at times in a police vehicle.
      {Vehicle} is {seen} at the end of {street} at {late} and later, with the lights off and somebody in it.
      {He} has appeared at {gym}, at the supermarket and outside {phis} place of work, and says each time that it is chance.
      Flowers and notes are left on {phis} car, even when it is parked somewhere new.

      {S} knew {phis} new address within a week, although it had been kept from {him}.
      The name and record of a new partner were known to {s} {few} days after they met, which points to {system}.
      A tracker was found under the wheel arch on {date}, and {s} asked the same evening why {phe} had been to a garage.
      {He} has looked up {phis} friends, so it is believed, as {he} knew where each of them lives and works.

      There have been as many as [forty|sixty|ninety] calls in a day, from numbers that are withheld.
      The messages by {app} change from pleading to abuse within minutes.
      {S} has written that {phe} "will always be findable".
      {He} had a colleague stop the new partner's car on {later}, and then sent a laughing message about it.

      {Phe} asked {him} to stop, in writing, in {month}.
      A report to police was made and then withdrawn, after {s} sent a picture of the log.
      {Phe} has not reported it, since {s} works with those who would take the report.
      {S} has told mutual friends that {phe} is the one who is obsessed.`),
    details: lines(`
      A window at the address was broken on {later}, and nothing was taken.
      {Phe} has moved the children to another school.
      {S} parks near the nursery on {weekday}s.
      {He} has made {few} false reports about {phim} to the council.
      {Phe} varies {phis} journeys and looks under the car each morning.
      {S} kept a key, and things in the house have been moved.
      It is worse when {s} is on {shift}, because {he} is out and has a vehicle.
      The new partner has been told by {s} to "read up on what happens to people who take what is mine".`),
  },
  {
    id: 'abuse-within-the-force',
    categories: ['partnerAbuse'],
    weight: 3,
    kinds: ['officer', 'staff'],
    mostlyMen: true,
    atRisk: 0.6,
    risks: ['partner', 'formerPartner'],
    opening: lines(`
      The reporter states that {subject} abuses {his} {partner}, who also works for the police.
      {Subject} is alleged to be abusive to a {partner} who serves in the same force, and it is said that the department protects {him}.
      It is reported that {subject} and {his} {partner} are both police employees and that {s} uses this to keep {phim} silent.`),
    account: stages(`
      {S} reads {phis} duty sheet and changes {his} own so as to be near.
      At work {s} humiliates {phim} in front of others, and calls it teasing.
      They were posted to the same building in {month}, since when {phe} has hardly spoken to anyone.

      On {date} {phe} came on duty with marks around the neck and wore a roll-neck for a week.
      {S} took {phis} warrant card and car keys on {date}, so that {phe} was late and was given a warning.
      An argument in the rear yard on {date}, at {time}, ended with {s} pushing {phim} against a van.

      {Phe} spoke to a supervisor, who is a friend of {s} and who told {him} the same day.
      {He} has told {phim} that a statement would end {phis} career, and not {his}.
      Colleagues know, and have been asked by {s} "whose side they are on".

      {S} has threatened to report {phim} for things that {phe} has not done.
      {He} has pictures of {phim} that {he} says will go round the shift.
      {S} tells people that {phe} is unwell, so that nothing {phe} says will count.`),
    details: lines(`
      {Phe} has applied for {few} posts elsewhere, and has withdrawn each time.
      A welfare referral in {month} was answered by {s} on {phis} behalf.
      {S} checks the mileage of {phis} car.
      The reporter asks that nobody in the same building deals with this.
      {Phe} no longer goes to the canteen.
      {S} is well thought of, and is about to be promoted.
      An earlier {partner}, also in the police, is said to have transferred to get away.
      {S} has access to the force's own record of any complaint, or says so.`),
  },
];
