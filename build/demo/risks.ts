import type { Urgency } from '#shared/domain/report/report.ts';
import type { Choices } from './random.ts';
import { lines, stages } from './template.ts';

export type RiskKind = (typeof riskKinds)[number];
const riskKinds = [
  'partner',
  'formerPartner',
  'complainant',
  'detainee',
  'colleague',
  'exposed',
  'child',
  'youth',
  'public',
] as const;

export interface Danger {
  /** The line on the form. */
  readonly risk: string;
  /** What the narrative says of it. */
  readonly said: string;
}

/** Someone at risk: how the form names the person, and what the danger may be. */
export type Risk = Readonly<Record<Urgency, Choices<Danger>>> & { readonly who: Choices<string> };

/** Two lines to a danger: the form's, and the narrative's. */
const dangers = (text: string): Choices<Danger> => stages(text).map(([risk = '', said = '']) => ({ risk, said }));

export const risks: Readonly<Record<RiskKind, Risk>> = {
  partner: {
    who: lines(`
      Current {partner} of the subject, name not given
      {partner} of the subject and two young children
      {partner} of the subject, aged about {age}
      Partner living with the subject at an address in {town}`),
    immediate: dangers(`
      Said to be alone with the subject now after a threat to kill {phim}
      URGENT: the reporter states that {tonight} the subject told {his} {partner} that {phe} "would not see the morning", and that the two are believed to be alone at the home address in {town}.

      Heard screaming today; telephone off since; subject still in the house
      IMMEDIATE RISK: the {partner} was heard screaming at the address in {town} {tonight}, {phis} phone has been off since, and the subject's car is still outside.

      Taken by the throat today; cannot get out of the house; no answer since
      URGENT: the {partner} sent a message {tonight} that {s} had taken {phim} by the throat and that {phe} could not get out of the house, and has not answered since.`),
    high: dangers(`
      Violence, including hands to the throat; threats to kill in the last month
      The reporter believes that the {partner} is in real danger, as in the last month the subject has put {his} hands around {phis} throat and has said that nobody would find {phim}.

      Planning to leave in secret; believed to be at greatest risk when {phe} does
      There is serious concern for the {partner}, who is planning to leave within weeks and has said that {s} will "never let that happen".

      Assaults closer together and worse; ready to leave at any moment
      The violence is said to be getting worse and closer together, and the {partner} has begun to sleep with a bag packed by the door.`),
    concern: dangers(`
      Isolated from family, money controlled, afraid of the subject
      The reporter is worried for the {partner}, who has lost weight, sees nobody and asks permission before spending money.

      Coercive control over a long time; may not recognise it as such
      It is feared that the {partner} has come to believe that this is normal, and {phe} has nobody to turn to.

      No recent violence known; risk thought to rise should {phe} leave
      The {partner} is not thought to be in danger today, but the reporter fears what would happen should {phe} try to leave.`),
  },
  formerPartner: {
    who: lines(`
      Former partner of the subject, name not given
      Ex-{partner} of the subject, aged about {age}, living in {town}
      Former partner of the subject, and a relative staying with {phim}`),
    immediate: dangers(`
      Subject outside the address now and trying to get in
      URGENT: the reporter states that {s} was {seen} outside the former partner's address in {town} {tonight}, hammering on the door, and is thought to be there still.

      Subject said today that {he} would end it for both of them and has left to find the former partner
      IMMEDIATE RISK: {tonight} the subject sent word that {he} was "going round to finish it", and the former partner is at home alone.`),
    high: dangers(`
      Found at a new address which was kept from the subject
      The former partner moved {few} months ago to an address kept from the subject, and {s} has now been seen there twice.

      Tracking device found on the car; too frightened to sleep at home
      The former partner found a tracking device under the car and is said to be frightened enough to be sleeping at a relative's house.`),
    concern: dangers(`
      Unwanted messages and visits; afraid to go out alone
      The former partner has changed telephone number and route to work, and does not like to be alone after dark.

      Feels watched; has changed number and routine
      The reporter fears that it will not stop by itself, and that the former partner is wearing down.`),
  },
  complainant: {
    who: lines(`
      A {vman} who reported domestic abuse to the subject, name not given
      Victim in a case handled by the subject, aged about {age}
      A vulnerable witness known to the subject through police work`),
    immediate: dangers(`
      Has told a friend today that {vhe} means to end {vhis} life because of the subject's conduct
      URGENT: {tonight} the {vman} told a friend that {vhe} could not go on and had tablets in front of {vhim}, and {vhis} telephone has since gone to voicemail.

      Subject is at {vhis} home now, uninvited; {vhe} has locked {vself} in a room
      IMMEDIATE RISK: the {vman} sent a message {tonight} that {s} had come to the house uninvited and that {vhe} had locked {vself} in the bathroom.`),
    high: dangers(`
      History of self-harm; still receiving messages from the subject at night
      The {vman} has a history of self-harm, was in hospital in {month}, and is said to be still receiving messages from {s} late at night.

      Being pressed for sex by the person on whom {vhis} case depends
      The reporter considers the {vman} to be at high risk, since {vhe} depends on {s} for {vhis} case and believes that it will be dropped if {vhe} says no.`),
    concern: dangers(`
      Vulnerable and lonely; confused about what the subject wants
      The {vman} is described as vulnerable and lonely, and as not understanding that this is no part of police work.

      Feels dependent on the subject; welfare to be checked by someone else
      The reporter would like someone other than {s} to check that the {vman} is safe.`),
  },
  detainee: {
    who: lines(`
      Detainees in the custody suite, in particular women and the young
      A young detainee, name not known`),
    immediate: dangers(`
      Young detainee in custody now with an untreated head injury, and not being checked
      URGENT: the reporter states that a young person brought in {tonight} is still in a cell at {custody} with a head injury that nobody has looked at, and that the checks are being written up without being made.

      Detainee said to be at risk of suicide now; checks being written up but not made
      IMMEDIATE RISK: a detainee at {custody} was heard {tonight} to say that he would hang himself, and was left unobserved by order of the subject.`),
    high: dangers(`
      Detainees on constant watch left alone; records filled in afterwards
      The reporter fears a death in custody if nothing is done, as people on constant watch have been left alone for as long as forty minutes.

      Repeated degrading searches of vulnerable detainees
      Some of those searched were known to be vulnerable, and one is said to have harmed herself afterwards in the cell.`),
    concern: dangers(`
      Degrading treatment of detainees on the subject's shifts
      The reporter is worried for anyone who is detained while {s} is on duty, above all for women and for young people.

      Detainees not given what they need, and mocked for asking
      It is said that detainees do not complain because they are told that they will only be kept longer.`),
  },
  colleague: {
    who: lines(`
      A junior colleague of the subject, name not given
      A probationer on the subject's team`),
    immediate: dangers(`
      Has sent a goodbye message today and cannot be reached; blames the bullying
      URGENT: the colleague who has borne the worst of it sent a goodbye message to friends {tonight} and has not been seen since.

      Young colleague missing from home since this morning; note left
      IMMEDIATE RISK: the colleague left home {tonight} after leaving a note that names the subject, and is not answering the telephone.`),
    high: dangers(`
      Off sick, in despair, and has spoken of suicide
      One colleague is off sick and has told friends that {vhe} does not want to be alive, and the reporter does not believe that the department knows.

      Has been threatened with what will happen on a call without backup
      The colleague was told that backup "might be slow" if {vhe} spoke up, and is now frightened to go out on patrol.`),
    concern: dangers(`
      Isolated at work and afraid to report
      The colleague concerned is young in service, feels alone, and is thinking of resigning.

      Anxious, off sick; considering resignation
      The reporter asks that the colleague is not approached at work, where {vhe} would be made to pay for it.`),
  },
  exposed: {
    who: lines(`
      A man whose address was passed to criminals, name known to the reporter but not given
      Occupants of an address in {town} that was disclosed
      A witness in a forthcoming trial`),
    immediate: dangers(`
      Group is said to be on its way to the disclosed address with weapons now
      URGENT: the reporter states that an address on {street}, {town}, was passed on {tonight}, and that {few} men with a firearm have left to go to it.

      Threat to shoot the occupant this evening, the address having been passed on today
      IMMEDIATE RISK: it was said {tonight} that the man whose address was passed on "gets his visit tonight", and that at least one of those going has a machete.`),
    high: dangers(`
      Witness's address known to the defendants; windows broken; threat to life feared
      The reporter fears that someone will be badly hurt, as the windows of an address that was passed on have already been broken and a message pushed through the door.

      Named as having spoken to police; violence expected
      A person who is due to give evidence is now named openly as a grass, and the reporter believes that there is a real threat to life.`),
    concern: dangers(`
      Personal details disclosed; uneasy, no direct threat so far
      Those whose details were passed on are not thought to know of it, and no threat has been made that the reporter has heard of.

      Address known to people who bear a grudge
      The reporter is worried that an address which was given out will in time be visited.`),
  },
  child: {
    who: lines(`
      A child aged 13 living with the subject
      Two children of primary school age in the household
      A child of the subject's partner, aged about 9`),
    immediate: dangers(`
      Child heard crying out today; subject in drink and alone with the child
      URGENT: a child was heard crying out at the address in {town} {tonight}, where {s}, who had been drinking, is believed to be alone with the child.

      Child and parent shut in a room; subject trying to force the door
      IMMEDIATE RISK: a message was sent from the house {tonight} that {s} was trying to force the door of the room in which the {partner} and a child had shut themselves, and there has been no answer since.`),
    high: dangers(`
      Bruising to the arms seen twice; still living with the subject
      The reporter is most concerned for a child in the household, who has been seen with bruising to the arms on two occasions.

      Hit when stepping between the adults; afraid to go home
      A child in the household is said to have been hit when stepping between the two, and has told a friend about being afraid to go home.`),
    concern: dangers(`
      Sees and hears abuse in the home; school has noticed a change
      There are children who see or hear what goes on, and a school is said to have noticed a change in one of them.

      Withdrawn; kept from friends and relatives
      A child in the household has become withdrawn, and is no longer allowed to visit grandparents.`),
  },
  youth: {
    who: lines(`
      A girl aged 15 known to the subject through a youth scheme
      A young person aged 16, first name only known
      A volunteer aged 17, name not given`),
    immediate: dangers(`
      Young person on the way to meet the subject alone today; not heard from since
      URGENT: the young person has told a friend of being on the way to meet {s} alone at an address in {town}, in a message sent {tonight}, and has not been heard from since.

      Not home today; seen getting into the subject's car
      IMMEDIATE RISK: the young person did not come home today, was {seen} getting into the subject's car {tonight}, and has not answered since.`),
    high: dangers(`
      Sexual messages from the subject; meeting planned within days
      A young person is involved who is under 18, and who is understood to have agreed to meet {s} alone within the next few days.

      Given alcohol by the subject and driven home alone at night
      One of those concerned is under 18, and has been given alcohol by {s} and driven home alone late at night on {few} occasions.`),
    concern: dangers(`
      Over-familiar messages; possible grooming
      The reporter fears that a young person is being groomed, though nothing physical is known to have happened.

      Singled out for gifts and lifts; told to keep it secret
      A young person has been singled out for presents and lifts, and was told by {s} to keep them secret.`),
  },
  public: {
    who: lines(`
      Members of the public dealt with by the subject
      People living in and around {town}`),
    immediate: dangers(`
      Subject is on duty now while under the influence
      URGENT: the reporter states that {s} went on duty {tonight} plainly under the influence, with slurred speech, and was about to drive.

      Subject is in drink and has made threats against a neighbour today
      IMMEDIATE RISK: {tonight} the subject, who had been drinking, told a neighbour that {he} would "settle it with something that goes bang", and the neighbour is in the house with two children.`),
    high: dangers(`
      Drives at speed while unfit; likely to cause a death
      The reporter believes that it is only a matter of time before someone is killed, as {s} drives fast on duty, and not always sober.

      Has hurt people on duty and hidden it; likely to do so again
      People have already been hurt, one of whom is said to have needed stitches, and those who saw it were told to say nothing.`),
    concern: dangers(`
      May be unfit for duty
      The reporter is worried for the public, because people in {town} no longer report anything for fear of who will come.

      People in the area are afraid to report crime
      Nobody is known to have been hurt, but the reporter questions whether {s} is fit to deal with people.`),
  },
};

/** The contact centre does not wait for the form to be read: what it did at once. */
export const emergencyAction: Choices<string> = lines(`
  The agent advised a 999 call and, at {called}, passed the details to the force control room by telephone.
  Contact centre supervisor informed; the force control room was telephoned at {called} and has the address.
  This was telephoned through to the duty inspector by the contact centre at {called}, before this report was written.
  The reporter was asked to ring 999 and said that this had been done; the contact centre also rang the control room at {called}.`);
