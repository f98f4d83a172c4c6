import type { CentreReport } from '#shared/domain/report/intake.ts';
import type { Choices } from './random.ts';
import { lines } from './template.ts';

/** Sentences that fit any account of wrongdoing. None says who the reporter is or how near to the subject. */

export const howKnown: Choices<string> = lines(`
  Some of this was seen at first hand, and some is what others have said, and the reporter was careful to say which.
  The reporter has not seen any of this in person, but has heard it from [two people|three people|several people] who do not know one another.
  Most of this is said to be common talk in {town}, though the reporter is certain about the events of {date}.
  The reporter has no doubt about the identity of the subject, and gave sensible reasons for that.
  The information was overheard on {later} in {cafe}, where {s} was speaking loudly on the telephone.
  It is not clear how much of this the reporter knows directly, and the reporter did not wish to say more on that point.
  The reporter has seen messages that bear this out, but does not have copies of them.
  This has come to light because {assoc} talks freely after a drink.
  The reporter learned of it in {month}, took some time to be sure, and then decided to report it.
  The reporter was told by someone who would not come forward under any circumstances.
  The reporter says that the dates are right to within a day or two, as they were noted down at the time.
  The account was given in a calm and orderly way, and the agent went back over the main points with the reporter.`);

export const whoElseKnows: Choices<string> = lines(`
  Several people on the same {team} are believed to know and to look the other way.
  A supervisor is said to be aware, and to have done nothing, being a friend of {s}.
  It is thought that a colleague raised it in {month}, and that nothing came of it.
  Nobody at work is thought to know, as {s} keeps the two sides of {his} life well apart.
  The reporter cannot say whether anyone in a senior position is aware.
  Others have noticed a change in {s}, but have put it down to trouble at home.
  {S} is popular and well regarded, and the reporter fears that people will not believe it.
  At least one other police employee may be involved, known to the reporter only as ["Baz"|"Tink"|"Mo"|"Sparky"|"the Major"].
  The reporter believes that {s} would be warned at once if this went through the local station.`);

export const circumstances: Choices<string> = lines(`
  {S} is usually on {shift} and can be found at {gym} before duty on most days.
  {S} lives in the {village} area and drives {vehicle}.
  {He} is often in {pub} on {weekday} evenings, generally from {evening}.
  The vehicle used is thought to be {vehicle}, which is kept on the road and not on the drive.
  {S} uses a second telephone, the number of which is believed to be {phone}.
  {S} is active on {app} under a nickname that has nothing to do with {his} own name.
  It is said to have been going on {since} and to happen {often}.
  The last time that the reporter knows of was on {later}, at {time}.
  It is said to go back [two|three|four] years, and to have become more frequent.
  {S} has between ten and fifteen years of service, as far as the reporter knows.
  {S} came to {his} present post [two|three|four] years ago, after some trouble in the last one.
  {S} has been absent from work a good deal over {period}.
  {S} was {seen} in {town} on {recent}, in plain clothes, although {he} was meant to be at work.
  The reporter noticed {vehicle} at {time} on {weekday}, on {street}, and recognised the driver.`);

export const evidence: Choices<string> = lines(`
  The reporter suggests that the cameras at {cafe} would show {s} there on {later} at {time}.
  Messages are deleted as a matter of course, but may still be on {assoc}'s telephone.
  There may be a doorbell recording from a house on {street}.
  The duty records for {date} would show where {s} was meant to be.
  No documents or recordings are held by the reporter.
  The reporter knows of photographs, but could not say who has them now.
  A diary of dates has been kept, and the reporter might be ready to share parts of it.
  The same was said, in almost the same words, by someone who has no connection with the reporter.`);

/** Only where the account is about information or money. */
export const evidenceOfSearches: Choices<string> = lines(`
  An audit of {his} use of {system} around {date} is likely, in the reporter's view, to show it.
  The searches are recorded, as {s} well knows, and the reporter asks that those of the past year be looked at.`);

export const evidenceOfMoney: Choices<string> = lines(`
  Meetings have taken place on {street}, in {park} and once at {hotel}.
  Bank records would, so it is said, show payments of about {money} that have no explanation.
  {S} is said to be under pressure over money and to have spoken of borrowing {sum}.
  {S} spends more than {he} can earn, and the reporter suggests that somebody look at {his} accounts.`);

export const fears: Choices<string> = lines(`
  The reporter is afraid of reprisals and asked more than once whether the {session} could be traced.
  What worries the reporter most is that {s} has access to personal information and would use it.
  The reporter fears that {s} will guess who is behind this, because few people know of the events of {date}.
  It is feared that evidence will disappear as soon as {s} hears of an enquiry.
  The reporter hesitated for {few} weeks before reporting, out of fear of what {s} might do.
  The reporter has lost confidence in the local police, and does not believe that a complaint would be dealt with fairly.
  The reporter says that people in {town} are frightened of {him}, and that this is why nobody has spoken before.
  The reporter asks that any enquiry be made by people who do not work with {s}.
  It is said that {s} has boasted of knowing where people live.
  The reporter stressed that an approach to {assoc} would point straight back to the source of this.`);

export const closings: Choices<string> = lines(`
  The reporter had nothing further to add.
  No further information was available at the time of the report.
  The reporter does not wish to be involved in any proceedings.
  The reporter asks only that somebody looks into it.
  The reporter was thanked and advised that no feedback could be given.
  The reporter feels sorry for the family of the subject, but could not stay silent.
  The reporter was asked for the full name of {assoc}'s contact and did not know it.
  The account was gone through again with the reporter and agreed.
  The reporter accepts that some details may be slightly wrong, but is sure of the main points.
  The reporter was asked about any other officers or staff and could name none.
  The reporter believes that this will go on until someone stops it.
  Details that might identify the reporter have been left out of this report.`);

export const contact: Readonly<Record<CentreReport['reporter'], Choices<string>>> = {
  anonymous: lines(`
    The reporter wishes to remain anonymous.
    The reporter chose to stay anonymous and did not want a reference.
    No details were given, and none were asked for.
    The reporter ended the {session} once the account had been given.`),
  detailsSupplied: lines(`
    The reporter has left contact details, which are held apart from this report, and is willing to speak to an investigator.
    Contact details have been supplied with consent for the force to make contact, by text message first.
    The reporter can be contacted, but not by anyone from the same station as the subject; details are held separately.`),
  keepInContact: lines(`
    The reporter has agreed to keep in contact through the service and can answer questions about dates and places.
    The reporter was given a reference for keeping in contact, and will look for questions about once a week.
    Questions may be put to the reporter through the service; the reporter would prefer them soon.`),
};

export const reportedBefore: Choices<string> = lines(`
  The reporter states that this was reported before, in {month}, and that nothing seems to have changed; no reference was kept.
  The same person was reported before, about a year ago, by telephone, and the reporter does not have the reference.
  The reporter says that this has been reported before and wishes to add to it, but could not find the reference number.
  This was reported before to the local station, so the reporter believes, by somebody else.`);

export const followsEarlier: Choices<string> = lines(`
  The reporter wishes this to be added to an earlier report, whose reference was quoted correctly.
  The reporter gave the reference of an earlier report about the same person and has new information.
  This is an update to an earlier report; the reference was supplied.`);

export const secondSubject: Choices<string> = lines(`
  A second person is involved, {second}, who is said to take part in it and to know all of it.
  The reporter also names {second}, who is said to cover for the first when questions are asked.
  It is said that {second} was there on at least [two|three|four] occasions and did nothing to stop it.
  The reporter believes that {second} is drawn into it as well, though to a lesser degree.`);

export const wrongForce: Choices<string> = lines(`
  The reporter is clear that {s} serves with {otherForce}, {region}, and has nothing to do with the force that was chosen on the form.
  {S} is an employee of {otherForce}; the reporter chose the force from the list by the place in which the reporter was staying at the time.
  All of this took place {region}, where {s} works for {otherForce}, and the reporter did not know which force to choose.
  The station is one of {otherForce}, and {s} is not thought ever to have worked anywhere else.`);

export const wrongForceCloser: Choices<string> = lines(`
  The uniform, the vehicle and the badge were all those of {otherForce}.
  The reporter asks that this be passed to {otherForce} if it has come to the wrong place.
  Nothing in this report is said to have happened in this force's area.`);

export const partialDescription: Choices<string> = lines(`
  The reporter does not know the name, but would recognise the person again.
  The name is not known; others were heard to say something like ["Jonesy"|"Macca"|"Skip"|"Hutch"|"Dobbo"|"Tink"].
  The reporter could not read the number on the shoulder.
  The reporter believes that the name will be plain from the duty records.
  No name was given, and the reporter would rather not guess at it.`);

export const withAttachments: Choices<string> = lines(`
  The reporter supplied {attached}, from which anything that might identify the source has been removed.
  {Attached} came with the online report and should be read with it.
  In support of this the reporter sent {attached}.`);
