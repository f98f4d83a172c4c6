import { lines, stages } from '../template.ts';
import type { Theme } from '../theme.ts';

/** What people send although this is not the place for it. The analyst has to see that; the report does not say so. */
export const outOfScopeThemes: readonly Theme[] = [
  {
    id: 'incivility',
    categories: ['advantage'],
    weight: 5,
    kinds: ['officer', 'officer', 'staff', 'volunteer'],
    roles: ['Police Constable', 'Police Sergeant', 'Police Community Support Officer', 'Special Constable'],
    atRisk: 0,
    risks: [],
    opening: lines(`
      The reporter wishes to complain about the manner of {subject}, who was rude and dismissive at a visit on {date}.
      {Subject} is said to have been sarcastic and impatient when attending an address on {street} on {date}.
      The reporter is unhappy with how {subject} spoke to a family in {town} on {date}.`),
    account: stages(`
      {S} did not introduce {self}, sighed several times and looked at a phone while being spoken to.
      When asked how long it would take, {s} said that there were "more important things tonight".
      {S} told the householder that it was {vhis} own fault for leaving a window open.

      Nobody was arrested, searched or touched, and the reporter does not say that anything dishonest was done.
      There was no bad language, but the tone is said to have been that of a person who did not care.
      The matter itself, which was a dispute about parking, was in the end settled.

      A call back was promised by the {weekday}, and did not come.
      The incident number was not given until it had been asked for {few} times.
      The reporter rang 101 about it, waited in a queue [twice|three times] and gave up.

      The reporter would like an apology and some training for {s}.
      What is wanted is an explanation and a name to write to.
      The reporter asks that the matter be passed to whoever deals with complaints.`),
    details: lines(`
      A second officer who was there is described as polite and helpful.
      {S} is thought to have been at the end of a long shift.
      An elderly relative was upset by it and slept badly.
      The reporter has paid taxes for many years, and expects better.
      No report was left at the address.
      The visit lasted less than ten minutes.
      The reporter was not told what would happen next, or by when.
      A neighbour was spoken to in the same way.
      The reporter has written to the local paper about policing in {town}.
      It is said that {s} parked across a drive, and did not move when asked.
      The reporter had already sent an online form, and received only an automatic answer.`),
  },
  {
    id: 'former-officer',
    categories: ['advantage', 'information'],
    weight: 5,
    kinds: ['unknown'],
    outsider: true,
    atRisk: 0,
    risks: [],
    opening: lines(`
      The report concerns {subject}, who left the police some years ago and now trades on having served.
      The reporter alleges that {subject}, a retired officer with no present link to any force, is [dishonest in business|overcharging elderly customers].
      {Subject} is said to have retired from the police about ten years ago, and the matters reported are since then.`),
    account: stages(`
      {S} now runs {business}, and tells customers that they may trust {him} as a former officer.
      {S} sells [alarms|security surveys|legal advice] to older people in {town}, and shows an old warrant card wallet with no card in it.
      {He} is treasurer of a club in {village}, where money is said to be missing.

      A customer on {street} paid {sum} in {month} for work that was never done.
      About {money} a month is said to go from the account without receipts.
      {He} charged a widow {sum} for equipment which is worth a fraction of that.

      {S} is not said to have any friends in the force, and no police information is involved.
      So far as the reporter knows, {s} has had nothing to do with the police since retiring.
      The reporter asked whether the pension could be taken away.

      The matter has been reported to [Trading Standards|the bank|Action Fraud], and the reporter has heard nothing.
      The reporter thought that this line was for anything to do with police officers, past or present.
      Others in {village} are said to have lost money too.`),
    details: lines(`
      {S} drives {vehicle} with a blue stripe sticker in the rear window.
      A photograph of {s} in uniform hangs in the office.
      {S} answers letters with threats of court action.
      The firm has changed its name {few} times.
      {S} was in the police for about twenty-five years, by {his} own account.
      A leaflet that was put through doors in {month} has the words "police trained" on it.
      Payment is asked for in cash and in advance.
      The reporter has kept the invoice and the leaflet.
      {S} is often in {pub}, telling stories of the old days.
      A relative of {s} works in the office and is said to be embarrassed by it.`),
  },
  {
    id: 'not-police',
    categories: ['advantage', 'discrimination'],
    weight: 4,
    kinds: ['unknown'],
    outsider: true,
    atRisk: 0,
    risks: [],
    opening: lines(`
      The reporter complains of {subject}, but from what is said the person is a private security guard at a shopping centre in {town}.
      The report is about {subject}, who seems, from the description of the uniform, to be a council enforcement officer.
      The reporter believes that {subject} is police, but the person described works for a private parking company.`),
    account: stages(`
      The person wore a black jacket with "Enforcement" on the back and had a body camera, but no police badge or number.
      The uniform was dark green, and the vehicle, {vehicle}, had the name of a company on its side.
      The reporter at first said police, and when asked said that the badge was that of a contractor.

      On {date} at {time} the person [issued a fine for litter on {street}|clamped a car near {park}|made a young man leave a shop].
      On {date} the person took hold of a shopper's sleeve and would not say why.
      A penalty of {money} was demanded on {date}, and a card machine was held out.

      The reporter says that the person picks on people who do not speak good English.
      There were words about the reporter's having "an attitude".
      The person said that they had the same powers as the police, which the reporter doubts.

      The company was written to and has not replied.
      The reporter wants the person prosecuted.
      The local council's office told the reporter to ring the police, and 101 said to try this line.`),
    details: lines(`
      There is a camera above the entrance to the car park.
      The machine was out of order, and had a notice on it.
      The person smoked and threw the end of the cigarette away.
      The letter that came afterwards gives a reference, but no name.
      Others in {town} have had the same, and there is a petition.
      The fine has risen to {money} since.
      No police officer was there at any time.
      The person was with a colleague who said nothing.
      The reporter has written to a councillor.
      A receipt was printed at {time}, which the reporter says was an hour out.`),
  },
  {
    id: 'emergency-long-past',
    categories: ['partnerAbuse', 'advantage'],
    weight: 3,
    kinds: ['officer'],
    roles: ['Police Constable', 'Police Sergeant'],
    atRisk: 0,
    risks: [],
    opening: lines(`
      The reporter filled in this form in {month} because of a disturbance that was going on at the time, which was long ago, and mentions {subject} only as someone who did not come.
      The report describes a disturbance on {street} on {date} as though it were still going on, and names {subject} because {he} was said to be on duty.
      An emergency on {date} is described, for which the reporter had been waiting for {subject} to attend.`),
    account: stages(`
      There was shouting in the street at {late}, and a man was kicking a parked car.
      A group of about [six|ten] people were fighting outside {pub}, and one had a bottle.
      Somebody had been banging on doors since {evening}, and a bottle was thrown.

      The reporter did not ring 999, because it was thought that the form would be read at once.
      The reporter was told by a friend that this form is quicker than ringing.
      The reporter had rung 101, was number [nine|twelve|fourteen] in the queue and filled in this form instead.

      All those concerned had gone by the morning, and the reporter does not know who they were.
      No one is known to have been hurt, and the street has been quiet since.
      Some damage was done to a fence, and it has been put right.

      Nothing is alleged against {s}, except that {he} did not attend.
      The reporter would like to know why nobody came.
      The reporter was advised that this service is not for emergencies, and to ring 999 in future.`),
    details: lines(`
      It had been raining, and the street lights were out.
      A white van was parked on the corner, and the reporter did not see the number.
      The landlord of {pub} is said to have a camera.
      The reporter has since moved away from {town}.
      There has been trouble in {park} every summer.
      A dog had been barking for an hour.
      The reporter was not a witness to how it began.
      One of them wore a red hooded top.
      A taxi driver stopped and then drove on.
      The reporter has no new information.`),
  },
  {
    id: 'service-and-policy',
    categories: ['information', 'discrimination'],
    weight: 3,
    kinds: ['officer', 'staff'],
    roles: ['Police Constable', 'Detective Constable', 'civilian investigator', 'Inspector'],
    atRisk: 0,
    risks: [],
    opening: lines(`
      The reporter is dissatisfied with a decision of the police, and holds {subject} responsible.
      The reporter disagrees with the way in which a matter was closed and believes that it was the doing of {subject}
      The report is a complaint about a decision, for which the reporter blames {subject}`),
    account: stages(`
      A bicycle was stolen from outside {cafe} on {date}, and the case was closed after {few} days.
      The vehicle was recorded at 37 in a 30 limit on {date}, and the reporter says that others were going faster.
      A fence was damaged on {date}, and {s} said that it was a civil matter.

      The reporter had offered the name of a likely culprit, and is not aware that anyone was spoken to.
      A letter was received which, so the reporter says, was copied from a template.
      The reporter has asked for the policy under the Freedom of Information Act and found the answer unhelpful.

      It is the reporter's opinion that such a decision can only be explained by corruption, but no payment, favour or contact is described.
      When asked what {s} might have gained by it, the reporter could not say.
      No connection between {s} and the other party is known to the reporter.

      The reporter asks for the decision to be looked at again.
      The reporter wishes for a written explanation, signed by somebody senior.
      An appeal has been made, and the reporter did not like the result.`),
    details: lines(`
      The reporter has written {few} letters.
      The Member of Parliament has been told.
      The crime number was given, but has been left out here.
      Photographs of the scene were offered.
      The reporter says that the police used to be better.
      The reporter puts the loss at {money}.
      {S} is described as polite on the telephone.
      Other people in {village} are said to be of the same opinion.
      The reporter has made {few} pages of notes.
      A neighbour was a witness, and was not asked.`),
  },
];
