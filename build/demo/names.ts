import type { Choices, Random } from './random.ts';
import { lines } from './template.ts';

/**
 * Names of invented people. Faker's British locale has no surnames of its own, and its American ones read oddly in a
 * police report; these are plausible and uncommon, so that a full name hardly ever meets a real person.
 */
export interface PersonName {
  readonly first: string;
  /** What friends call the person; the first name itself where there is no short form. */
  readonly familiar: string;
  readonly last: string;
  readonly gender: Gender;
}
export type Gender = 'male' | 'female';

const words = (text: string): Choices<string> => lines(text.trim().replace(/\s+/g, '\n'));

const firstNames: Record<Gender, Choices<string>> = {
  male: words(`
    Daniel/Dan Matthew/Matt Christopher/Chris Andrew/Andy Michael/Mick Stephen/Steve Thomas/Tom Benjamin/Ben Samuel/Sam
    Joshua/Josh Alexander/Alex Gareth Craig Lee Ryan Kieran Nathan/Nate Jonathan/Jon Gregory/Greg Philip/Phil Anthony/Tony
    Darren/Daz Stuart/Stu Callum/Cal Rhys Owen Liam Dominic/Dom Timothy/Tim Edward/Ed Martin/Marty Neil Imran Adeel/Adi
    Harpreet/Harry Tariq Sanjay Vikram/Vik Emmanuel/Manny Kwame Tunde Marcin Piotr/Pete Tomasz/Tom Declan Fergus Ross Euan
    Marlon Jerome Leon Yusuf Bilal Hamza Wei Kenneth/Ken Gavin/Gav Russell/Russ Duncan Patrick/Paddy Robert/Rob William/Will`),
  female: words(`
    Joanne/Jo Rebecca/Becky Katherine/Kate Victoria/Vicky Samantha/Sam Natalie/Nat Gemma Claire Louise/Lou Stephanie/Steph
    Charlotte/Charlie Jessica/Jess Hannah Lauren Rachel/Rach Michelle/Shell Nicola/Nicky Deborah/Debbie Alison/Ali Tracey
    Kerry Leanne Siobhan Bronwen Carys Fiona Eilidh Morag Amina Fatima Nasreen Priya Sunita Manjit Anjali Abena Folake
    Chidera/Chi Grace Agnieszka/Aga Magdalena/Magda Ewa Chantelle Simone Yasmin/Yas Zara Mei Georgina/George Philippa/Pip
    Elizabeth/Liz Jennifer/Jen Melissa/Mel Amanda/Mandy Patricia/Trish Heather Paula Donna Kirsty Bethany/Beth`),
};

const surnames = words(`
  Hargreave Tolliver Penhallow Brackwell Dunmore Averill Casterly Mossop Thackeray-Lowe Wetherall Garside Pinnock Holroyd
  Stanbridge Ullathorne Veasey Winspear Cotterill Drinkall Eastaugh Fothergill Grimsdale Hebblewhite Inchbald Jellicoe
  Kenworthy Lillywhite Mudford Nettlefold Ormerod Peverell Quennell Rowbotham Scattergood Tredinnick Upjohn Vickerage
  Wolstencroft Yarwood Ackerley Bellwood Cruddas Dinsdale Elphick Farrington-Moss Gaskarth Hindmarch Isherwood Jessop
  Kettlewell Lazenby Micklewright Nunnerley Openshaw Postlethwaite Ridehalgh Sowerbutts Threlkeld Uttley Villiers-Coe
  Wigglesworth Addyman Bickerstaff Cawthorne Dewhurst Entwisle Fairbrass Goodacre Hattersley Ibbotson Jagger-Holt Kilvert
  Larwood Mawdsley Nuttgens Oldroyd Parkinder Redmayne Shuttleworth Tattersall Umpleby Verrall Wardlow Zealand Brannigan
  Cullinane Devaney Finnerty Garrigan Hanratty Kinsella Loughran McAndie McIlvenna McTavish Mulrooney Rafferty Tiernan
  Bevanwy Cadwallader Gwyther Llewelyn-Rees Prosser Tudway Vaughan-Pryce Abernethie Balfouran Colquhoun-Mair Drummie Lockhead
  Achari Bhandal Chowdhary Dhaliwan Gillanie Hussayn Jandhu Khattack Mahtani Nazirali Panesari Qureshan Rahmanie Sandhar
  Thakkrar Wadhwana Adeyemo-Cole Boatengu Danquar Ekwueme Mensahn Nwosuh Okonjo Sarpongu Tettey Bartosz Czarneck Jablonka
  Kaczor Mazurek Nowick Pawlik Wisniak Castellani Demetriades Fernandinho Oyelaran Petridou Stavrou-Hill Tanaki Wongmere Zhengly`);

export function inventName(random: Random, gender: Gender): PersonName {
  const [first = '', familiar = first] = random.pick(firstNames[gender]).split('/');
  return { first, familiar, last: random.pick(surnames), gender };
}

export const inventGender = (random: Random, male: number): Gender => (random.chance(male) ? 'male' : 'female');

/** As someone writes a surname who has only heard it: one letter doubled, lost or put in the place of its neighbour. */
export function misspell(random: Random, surname: string): string {
  const at = random.int(1, surname.length - 2);
  const [here, next] = [surname.charAt(at), surname.charAt(at + 1)];
  const [before, after] = [surname.slice(0, at), surname.slice(at + 1)];
  switch (random.int(0, 2)) {
    case 0:
      return before + here + here.toLowerCase() + after;
    case 1:
      return before + after;
    default:
      return here === next ? before + after : before + next + here + surname.slice(at + 2);
  }
}
