import { lines, stages } from '../template.ts';
import type { Theme } from '../theme.ts';

const anyone = ['officer', 'staff', 'volunteer', 'unknown'] as const;

/** Category 3: professional boundaries crossed, position abused for a sexual purpose. Nothing explicit is written. */
export const sexualPurposeThemes: readonly Theme[] = [
  {
    id: 'abuse-of-position-victims',
    categories: ['sexualPurpose', 'advantage'],
    weight: 7,
    kinds: ['officer', 'staff', 'volunteer', 'unknown'],
    roles: [
      'Police Constable',
      'Detective Constable',
      'Police Sergeant',
      'Detective Sergeant',
      'Police Community Support Officer',
      'civilian investigator',
      'Special Constable',
    ],
    mostlyMen: true,
    atRisk: 0.42,
    risks: ['complainant'],
    opening: lines(`
      The reporter states that {subject} has begun a sexual relationship with a {vman} whom {he} met as a victim of domestic abuse.
      {Subject} is alleged to pursue victims of crime for sex, and in particular people who have just left a violent partner.
      It is reported that {subject} has used police visits to start a relationship with a vulnerable {vman} in {town}.
      Information has been given that {subject} is having sex with a {vman} whose case {he} is dealing with.`),
    account: stages(`
      They met in {month}, when {s} took a statement at an address on {street}, and {he} came back the next day "to see how things were".
      {S} was sent to an incident on {street} in {month}, gave out {his} private number and told the {vman} to use it rather than the police line.
      The {vman} had reported a former partner, and {s} was at first kind and rang {often}, always after {late}.
      Contact began after a burglary in {month}, when {s} offered to sit with the {vman} because {vhe} was frightened.

      Within weeks the visits were made alone and late, with the radio turned down, and lasted {few} hours.
      {S} told the {vman} that {vhe} was "different from the others" and that nobody must know because of the case.
      The messages moved to {app}, and turned from the case to [what {vhe} was wearing|{his} unhappy marriage|when {vhe} would be alone].
      {He} is said to have put an arm around {vhim}, kissed {vhim} and gone on although {vhe} had frozen.

      Sex is said to have taken place at {vhis} home at least [two|three|four] times, on some occasions while {s} was on duty.
      On {date} {s} came while on duty and stayed until {late}, while calls were going unanswered.
      The reporter was told that they went to {hotel} on {date}, and that {s} paid in cash.
      It is not known whether there has been sex, but {s} has stayed overnight and has asked for photographs.

      The {vman} believed that {vhe} had to go along with it, or the case would be dropped.
      When {vhe} tried to stop it, {s} said that {vhe} would never be believed, given {vhis} history.
      {S} told {vhim} to delete the messages and say, if asked, that {vhe} had made the first move.
      {He} has since told {vhim} that the charge against the former partner "depends on me".`),
    details: lines(`
      The reporter knows of at least [two|three|four] others who were approached by {s} in the same way.
      The {vman} drinks heavily and has been under the care of a mental health team.
      {S} knows the code of the key safe and lets {self} in.
      A child in the household calls {s} "the police friend".
      {S} is said to have looked through records on {system} for people who live alone.
      {His} colleagues joke that {s} never turns down a follow-up visit.
      A neighbour on {street} saw {vehicle} there on {later} at {time}.
      {S} gave the {vman} {money} and a telephone, and pays for the credit.
      The case itself has not moved since the relationship began, and {vhe} has not been told why.`),
  },
  {
    id: 'messages-to-complainant',
    categories: ['sexualPurpose'],
    weight: 6,
    kinds: anyone,
    roles: [
      'Police Constable',
      'Detective Constable',
      'control room operator',
      'enquiry office assistant',
      'Police Community Support Officer',
      'Special Constable',
      'civilian investigator',
    ],
    mostlyMen: true,
    atRisk: 0.4,
    risks: ['complainant'],
    opening: lines(`
      The reporter states that {subject} sends personal messages to a {vman} who made a complaint of [harassment|assault|stalking] in {month}.
      {Subject} is alleged to have taken the telephone number of a vulnerable complainant from police records and to message {vhim} at night.
      It is reported that {subject} has been sending flirtatious messages to a {vman} whose report {he} was asked to deal with.
      The report concerns unwanted messages from {subject} to a {vman} who had turned to the police for help.`),
    account: stages(`
      The first message came within {few} hours of the call, from a private number, and began by asking whether {vhe} was feeling safe.
      {S} wrote by {app}, although {vhe} had given {vhis} number only to the police.
      It began with updates about the case, signed with a kiss, and moved on to questions about {vhis} private life.

      Since {date} there have been messages {often}, most of them after {late}.
      Some hundred messages are said to have been sent over {period}, and {few} pictures.
      {S} remarked on {vhis} looks, asked whether {vhe} was single and suggested that they meet at {pub}.
      {He} sent a picture of {self} at work with the words "your protection has arrived".

      The {vman} did not answer most of them, but was afraid to block the number while the case was open.
      When {vhe} replied that it was making {vhim} uncomfortable, {s} wrote that {vhe} had "misread" it and that it would be a pity for the case.
      {Vhe} played along for a time, because {s} was the only person who told {vhim} anything.
      {Vhe} asked for another contact and was told by {s} that there was nobody else.

      On {later} {s} drove past the address on {street} and wrote that the light in the bedroom was on.
      {S} turned up at {vhis} place of work on {later} and asked for {vhim} by first name, as if on police business.
      {He} has proposed to come round "off the record" to take a further statement.`),
    details: lines(`
      The {vman} has learning difficulties, and the messages are written as one would to a child.
      The number used is {phone}, which is not a police number so far as the reporter knows.
      {Vhe} has kept the messages, and has shown them to one friend only.
      {S} is said to have looked {vhim} up on {app} before the first visit.
      The messages stop when {s} is on leave with {his} family.
      {S} has written that colleagues "must not see this phone".
      {Vhe} wishes only for it to stop, and does not want {s} to lose the job.
      Another person who reported a crime in {month} is said to have had the same.
      {S} deletes {his} own side of the conversation within minutes.`),
  },
  {
    id: 'advances-to-juniors',
    categories: ['sexualPurpose', 'discrimination'],
    weight: 6,
    kinds: ['officer', 'staff', 'volunteer'],
    roles: [
      'Police Sergeant',
      'Inspector',
      'Detective Sergeant',
      'Detective Inspector',
      'Police Constable',
      'Special Sergeant',
      'volunteer cadet leader',
      'custody detention officer',
    ],
    mostlyMen: true,
    atRisk: 0.26,
    risks: ['colleague', 'youth'],
    opening: lines(`
      The reporter states that {subject} makes sexual advances to people who are junior or new, and punishes those who say no.
      {Subject} is alleged to be grooming young people who have just joined, some of whom are under 21.
      It is reported that {subject} has sent sexual messages to student officers and young volunteers.
      The report is about {subject}, whose conduct towards younger colleagues is said to have been known about for {period}.`),
    account: stages(`
      {S} offers lifts home after {shift}, and takes the long way round by {park}.
      New starters are added to a private chat on {app}, where {s} comments on what they wear.
      {He} singles out one person on each intake, offers help with the assessment and asks for a drink in return.
      On nights {s} arranges things so that {he} is alone with the youngest on the {team}.

      On {date}, at a leaving do at {pub}, {s} put a hand on the leg of a probationer and would not take it away.
      In {month} a young colleague was cornered in the kit room, and {s} stood in the door and asked for a kiss.
      {S} sent a picture of {self} half undressed to a [cadet aged 17|student officer|volunteer] on {later}.
      At a training weekend in {village}, {s} went to the room of a junior colleague at {late} and knocked for ten minutes.

      Someone who refused was given the worst duties and a poor report.
      When one of them said that they would tell someone, {s} answered that probation "can always be extended".
      The person concerned has asked for a move, and has given another reason for it.
      {S} passes it off as banter, and has called those who object frigid.

      At least [two|three|four] people are said to have been treated in this way {since}.
      The reporter knows of two others, one of whom has left the police.
      It is said that a complaint was made in an earlier post, and that {s} was simply moved.`),
    details: lines(`
      {S} keeps a list, as a joke, with marks out of ten.
      The messages come at {late} and later, when {s} has been drinking.
      A supervisor was told in {month} and said that it was "just how {he} is".
      There is a nickname for {s} among the younger staff, which warns others not to be alone with {him}.
      {S} has told people that {he} is protected by someone at headquarters.
      {He} gives presents, such as a [necklace|bottle of perfume|concert ticket], and then asks for thanks.
      {S} asked a 17-year-old whether {vhe} was seeing anyone, and what they did.
      One junior colleague now changes at home so as not to use the locker room.`),
  },
  {
    id: 'strip-search',
    categories: ['sexualPurpose', 'discrimination'],
    weight: 5,
    kinds: ['officer', 'staff'],
    roles: ['Police Constable', 'Police Sergeant', 'custody detention officer', 'Inspector'],
    mostlyMen: true,
    atRisk: 0.32,
    risks: ['detainee'],
    opening: lines(`
      The reporter states that {subject} carries out strip-searches which are not needed, in order to humiliate.
      {Subject} is alleged to have been present at, and to have filmed part of, the strip-search of a young person at {custody}.
      It is reported that {subject} orders strip-searches of women at {custody} without good reason and watches them on camera.
      Information has been given about searches at {custody} which involve {subject}, and which were not recorded as they should have been.`),
    account: stages(`
      On {date} a [girl of 15|woman in her twenties|young man with autism] was searched with the door open, and no appropriate adult was there.
      A woman arrested for a minor public order matter in {month} was left without clothing for [two|three|four] hours.
      A person brought in on {date} was searched twice within an hour, the second time, it was said, "for fun".
      In {month} a detainee was told to squat {few} times, while {s} and others made remarks.

      {S} gave as a reason that the person "might have something", although nothing had been found or suspected.
      The reason written on the record was suspected {drug}, and nobody had mentioned drugs until then.
      No authority was asked for, and the record was filled in by {s} at the end of {shift}.

      {S} was not of the same sex as the detainee, and did not leave when asked.
      The camera in the cell was left on, and {s} was {seen} to zoom in and call others over.
      {He} made comments about the detainee's body, which were laughed at, and repeated at the custody desk.
      {S} took out a personal phone and is believed to have taken at least one picture.

      The detainee cried and asked for a parent, and was told to be quiet or it would take longer.
      Afterwards {s} told the others to write that the detainee had been "compliant throughout".
      Two people who were there were troubled by it, and neither has reported it.
      The detainee was released without charge and was given no copy of the record.`),
    details: lines(`
      The searches are far more common when {s} is on duty than at any other time.
      Those searched are said to be mostly young, and mostly Black or from travelling families.
      {S} calls it "the welcome".
      The recording of {date} may still exist, as it is thought to be kept for 90 days.
      A nurse who works at {custody} is said to have raised it and was not asked back.
      {S} has told detainees that they can have their clothes back when they learn manners.
      A blanket was refused, although the cell was cold.
      The record gives the name of a second officer who was not in the room.`),
  },
];
