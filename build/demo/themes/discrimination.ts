import { lines, stages } from '../template.ts';
import type { Theme } from '../theme.ts';

const anyone = ['officer', 'staff', 'volunteer', 'unknown'] as const;

/** Category 5: racist, homophobic, misogynistic or disablist conduct. Abuse is described and never spelled out. */
export const discriminationThemes: readonly Theme[] = [
  {
    id: 'racist-chat-group',
    categories: ['discrimination'],
    weight: 7,
    kinds: anyone,
    atRisk: 0.08,
    risks: ['colleague', 'public'],
    opening: lines(`
      The reporter states that {subject} runs a WhatsApp group in which racist pictures and jokes are shared.
      {Subject} is alleged to post racist and Islamophobic content in a private chat with other police employees.
      It is reported that {subject} belongs to a chat group on {app} that is full of racist messages about the public and about colleagues.
      Information has been received about a private group, called [Night Owls|The Real Briefing|Old School|Van Life], to which {subject} belongs.`),
    account: stages(`
      The group has about [eight|twelve|fifteen|twenty] members, most of them from the same {team}, and has existed {since}.
      Members are added by invitation only, and {s} removes anyone who does not join in.
      It began as a group for swapping shifts, and the tone changed in {month}.

      On {date} {s} posted a picture that compared Black people with animals, and {few} others answered with laughing faces.
      In {month} {s} shared a video of a man being detained, with a caption that used a racist word for him.
      A message of {date} said what {s} would like to do to people who arrive in small boats, in violent terms.
      {S} posted a photograph of a Muslim family, taken through the window of a police car on {street}, with a remark about terrorism.

      Real incidents are discussed, with names and addresses of the people concerned.
      {S} refers to {town} by an offensive name on account of who lives there.
      A colleague of Asian background is mocked in it, without knowing, under a nickname.
      Messages praise [far-right figures|officers who have been dismissed|the use of force on suspects who are Black].

      Nobody is known to have objected, and a supervisor is in the group.
      One member said that it had gone too far, and was called a traitor and removed.
      After news reports about another case, {s} told everyone to turn on disappearing messages.
      {He} has said that it is a private group, and that "what is said in the van stays in the van".`),
    details: lines(`
      {S} boasts that {he} stops "anything that does not look local" on {street}.
      The pictures are shown round in the canteen.
      Screenshots exist and are kept by someone who is afraid to hand them in.
      A copy of the group goes by another name on {app}.
      {S} has a second account, under a false name, which comments on local news pages.
      Some of the posts are made while {s} is on duty, as the times show.
      The reporter counted {few} such posts in a single week.
      A victim's photograph was turned into a joke in the group on {later}.
      New recruits are tested with a mild joke before they are added.`),
  },
  {
    id: 'misogyny-in-custody',
    categories: ['discrimination', 'sexualPurpose'],
    weight: 5,
    kinds: ['officer', 'staff'],
    mostlyMen: true,
    roles: ['custody detention officer', 'Police Sergeant', 'Police Constable', 'Inspector'],
    atRisk: 0.2,
    risks: ['detainee', 'colleague'],
    opening: lines(`
      The reporter states that {subject} treats women at {custody} with contempt, whether they are detainees or staff.
      {Subject} is alleged to make misogynistic remarks at {custody} as a matter of routine.
      It is reported that the culture at {custody} is hostile to women and that {subject} sets the tone.
      The report concerns the conduct of {subject} towards women who are detained at {custody}.`),
    account: stages(`
      Women brought in are given marks out of ten by {s} as they stand at the desk.
      {S} calls the women's cells by an insulting name and uses it on the radio.
      A woman who asked for sanitary products on {date} was made to ask {few} times, loudly, in front of men.
      On {date} a woman who had been assaulted was told by {s} that she should "choose better next time".

      Female colleagues are called [girls|darling|names], and are sent to make tea when there is work to be done.
      {S} says before each handover that women are too emotional for the desk.
      A colleague who is pregnant was told in {month} that she was "no use to anyone now".
      {He} has remarked on the body of a female solicitor, loud enough to be heard by her.

      Checks of women in cells are delayed, and on {later} a call button rang for {few} minutes without an answer.
      The camera is used to watch women, and others are called over to look.
      Requests for a female officer are met with a sigh, or with "you will have who you get".

      {S} laughs it off when challenged and says that people used to have a sense of humour.
      A woman who objected was moved to another shift, and {s} was not spoken to.
      Those who complain have their leave refused, because {s} has the ear of the person who does the rota.`),
    details: lines(`
      A calendar in the back office was put up by {s}, and taken down only for inspections.
      {S} has a name for each of the women on the {team}.
      One detainee was heard to cry for most of the night and was mocked over the intercom.
      It happens on {shift} above all, when no manager is in the building.
      The women on the shift have agreed never to leave one another alone with {him}.
      {S} said on {later} that most rape reports are lies.
      A doctor who attends {custody} is said to have noticed it.
      The custody recording from {date} at {time} should bear this out.`),
  },
  {
    id: 'homophobic-bullying',
    categories: ['discrimination'],
    weight: 4,
    kinds: ['officer', 'staff', 'volunteer'],
    roles: [
      'Police Constable',
      'Police Sergeant',
      'Police Community Support Officer',
      'custody detention officer',
      'Special Constable',
    ],
    atRisk: 0.22,
    risks: ['colleague'],
    opening: lines(`
      The reporter states that {subject} has bullied a gay colleague for {period}.
      {Subject} is alleged to make homophobic remarks daily and to have driven one colleague off sick.
      It is reported that {subject} mocks gay and transgender people, both at work and when dealing with the public.
      The report is about homophobic conduct by {subject} on the {team}.`),
    account: stages(`
      It began in {month}, when {s} learned that the colleague was in a relationship with a person of the same sex.
      {S} imitates the colleague's voice over the radio, and others laugh.
      Remarks are made at the start of each {shift}, in front of the whole {team}.

      On {date} {s} put [a wig|a children's toy|a poster with an insulting caption] in the colleague's locker.
      On {date} {s} refused to be crewed with the colleague, and gave a crude reason for it.
      In {month} {s} told a victim of a homophobic assault that he had "asked for it, dressed like that".
      {S} outed the colleague to {vhis} family, by a comment on {app} in {month}.

      A trans woman who reported a crime in {month} was called "he" throughout and was laughed at when she had left.
      When asked to stop, {s} said that it was a free country and that {he} would not be told what to think.
      The colleague asked for help and was told to grow a thicker skin.

      Backup was slow when the colleague called for it on {later}, and {s} had been nearest.
      The colleague now eats alone and has asked to be moved.
      {S} has said that {he} will see the colleague "out of the job by Christmas".`),
    details: lines(`
      {S} tore down a notice for a staff network.
      The word used is not repeated here, but it was used many times a shift.
      A supervisor heard it on {later} and left the room.
      {S} shares clips on {app} that mock Pride events.
      A member of the public on {street} complained, and was never rung back.
      {S} tells recruits which colleagues to stay away from.
      The colleague's car was keyed in the rear yard in {month}.
      Two witnesses are said to be willing to speak, if they can do so away from the station.`),
  },
  {
    id: 'disablist-conduct',
    categories: ['discrimination', 'advantage'],
    weight: 4,
    kinds: anyone,
    roles: [
      'Police Constable',
      'Police Sergeant',
      'control room operator',
      'enquiry office assistant',
      'custody detention officer',
      'Police Community Support Officer',
      'Special Constable',
    ],
    atRisk: 0.2,
    risks: ['public', 'colleague'],
    opening: lines(`
      The reporter states that {subject} mocks and mistreats disabled people in the course of {his} duties.
      {Subject} is alleged to have ridiculed an autistic [man|woman] in {month}, and to have passed the recording around.
      It is reported that {subject} imitates people with speech impairments and hangs up on them.
      The reporter complains of disablist conduct by {subject}, which is said to have gone on for {period}.`),
    account: stages(`
      On {date} [a deaf|an autistic|a partially sighted] [man|woman] on {street} was shouted at by {s} and then handcuffed for not answering.
      A call from a person with a stammer was put on loudspeaker on {date}, so that others could listen and laugh.
      On {date} a wheelchair user who asked for help at {town} was told by {s} that "taxis are that way".
      A young man with Down's syndrome, who is well known in {town}, is made by {s} to salute and to say rude words for the amusement of others.

      {S} uses an offensive word for people with learning disabilities and sees nothing wrong in it.
      {He} says that most of them are putting it on for the benefits.
      A carer who tried to explain was told to "keep out of it, or come along".
      {S} ignored a card that explains the person's condition and threw it on the ground.

      A colleague who has epilepsy is called by a nickname and has had {vhis} medication hidden.
      Adjustments agreed for a colleague were undone by {s}, who moved {vhis} chair and screen.
      {S} marks calls from mental health patients as nuisance, and does not send anyone.

      The person concerned was left [in distress|with bruised wrists|with a broken hearing aid] and has not been out alone since.
      Body-worn video is said to have been off, though others had theirs on.
      Nobody apologised, and the log states that the person was "abusive".`),
    details: lines(`
      The recording has been {seen} on at least [two|three|four] phones.
      {S} did an imitation at a leaving do at {pub} on {later}.
      A support worker in {town} is said to keep notes of dates and times.
      It is the most vulnerable, who will not complain, that {s} picks on.
      {S} has told the family that a complaint would mean a visit from social services.
      A man was told to walk home {few} miles from {village} after dark.
      {S} has been on a course about autism, and joked about it.
      One call that was closed by {s} is said to have been from someone who had taken an overdose, and who lived.`),
  },
  {
    id: 'racist-stops',
    categories: ['discrimination', 'advantage'],
    weight: 4,
    kinds: ['officer', 'staff', 'volunteer'],
    roles: ['Police Constable', 'Police Sergeant', 'Special Constable', 'Police Community Support Officer'],
    atRisk: 0.22,
    risks: ['public', 'detainee'],
    opening: lines(`
      The reporter states that {subject} picks on young Black men around {street} and uses force against them without cause.
      {Subject} is alleged to stop and search people because of their race, and to boast about it.
      It is reported that {subject} uses racist language to young people in {park} and on {estate}.
      The report concerns repeated stops by {subject} of the same group of young people, all of them Asian or Black.`),
    account: stages(`
      The same boys are stopped {often}, on the way home from [school|football|the mosque], and nothing is ever found.
      {S} waits near {business} at {time} and picks out those who are not white.
      On {date} {few} people were searched on {street}, while a group of white youths who were smoking cannabis was left alone.

      The grounds are always the smell of cannabis, whoever it is and whatever the wind.
      {S} told one of them on {date} to "go back to where you came from", and used a racist word.
      A boy of 16 was pushed to the ground on {date}, and {s} knelt on his back though he was not resisting.
      {He} mocked the name of one and pretended not to be able to say it.

      When one asked for a record of the search, {s} tore it up.
      The camera is turned off beforehand, or its lens is covered by a glove.
      {S} has said, so that they could hear, that numbers are needed by the end of the month.
      A mother who came out to ask why was threatened with arrest.

      On {later} {s} kept a phone belonging to one of them for {few} days without a receipt.
      Young people on {estate} now run when they see a police car, which is then given as the reason.
      {S} is said to have told colleagues that they are "all the same family anyway".`),
    details: lines(`
      A youth worker is said to have a list of the dates.
      One stop was filmed from a window above {cafe}.
      {S} calls it "fishing" in messages.
      The driver of {vehicle} was with {s} and looked away.
      One of the boys has stopped going to college.
      {S} wears the number on the shoulder covered.
      A cut above the eye, from a stop on {later}, needed {few} stitches.
      {S} told one of them that a complaint would "go in the bin, like the last one".
      Money, about {money}, was taken from a wallet and was not given back.`),
  },
];
