/** First names that stand for one another. A name may be in several groups: Sam is Samuel and Samantha. */
const groups = `
  alan al allan allen; albert al bert bertie; alexander alex al sandy xander sasha; alexandra alex sandra sandy lexi;
  alfred alf alfie fred; alison ali aly; amanda mandy; andrea andi; andrew andy drew; angela angie ange;
  ann anne anna annie; anthony tony ant antony; archibald archie; arthur art; barbara barb babs; barry baz;
  benjamin ben benny; bernard bernie; bethany beth; bradley brad; bridget bridie biddy; caroline carol carrie caz;
  catherine katherine kathryn cath kath cathy kathy kate katie kat kitty; charles charlie chas chaz;
  charlotte charlie lottie; christina chris tina chrissie; christine chris chrissie; christopher chris kit;
  clifford cliff; constance connie; cynthia cindy; daniel dan danny; danielle dani; darren daz dazza; david dave davey;
  deborah debbie deb debs; dennis den; derek del; diana di; dominic dom; donald don; dorothy dot dottie dolly;
  douglas doug; edward ed eddie ted teddy ned; edwin ed; eleanor ellie nell nellie elle;
  elizabeth liz lizzie beth betty bess eliza libby lisa liza elsie; emily em; emma em emmy; emmanuel manny;
  eugene gene; felicity flick fliss; florence flo florrie; frances fran frankie; francis frank frankie;
  franklin frank; frederick fred freddie; gabrielle gabby; gareth gaz gary; gary gaz gazza; gavin gav; geoffrey geoff jeff;
  george georgie; georgina georgie george gina; gerald gerry jerry; gerard gerry; gillian gill jill; gordon gord;
  graham graeme; gregory greg; gwendoline gwen; harold harry hal; harpreet harry harps; harriet hattie; harry henry hal;
  helen nell; hugh hughie; isaac zac; isabella bella izzy isabel; ian iain; jack john jackie; jacob jake;
  jacqueline jackie jacqui; james jim jimmy jamie; janet jan; jason jase; jeffrey jeff; jennifer jen jenny;
  jeremy jez jem; jessica jess jessie; joanne jo joanna; john jonny johnny jon; jonathan jon jonny jonathon;
  joseph joe joey; josephine jo josie; joshua josh; judith judy jude; julia julie jules; julian jules;
  karen kaz; kenneth ken kenny; kevin kev; kimberley kim; kirsty kirsten; laurence larry lawrence laurie;
  leonard len lenny; leslie les; lewis lew louis lou; lillian lily lil; linda lyn lynne; louise lou; lucy lucie;
  magdalena magda maggie; malcolm mal malc; margaret maggie meg peggy madge marge rita; maria mary; marilyn lyn;
  mark marc marcus; martin marty; mary molly polly; matthew matt matty; maurice mo; maxine max; maximilian max;
  madeleine maddy maddie madeline madison; megan meg; melanie mel; melissa mel lissa missy; michael mick mike mickey micky;
  michelle shell shelly; miriam mim; mohammed mo mohammad muhammad mohamed; natalie nat; natasha tash nat; nathan nate nath;
  nathaniel nat nate nathan; neil neal; nicholas nick nicky; nicola nicky nic nikki; norman norm; oliver ollie;
  olivia liv livvy; pamela pam; patricia pat trish tricia patsy; patrick pat paddy; pauline paula; penelope penny;
  peter pete; philip phil phillip pip; philippa pip pippa; rachel rach rachael; raymond ray; rebecca becky becca bex;
  reginald reg reggie; richard rich rick ricky dick richie; robert rob bob bobby robbie bert; roderick rod;
  rodney rod; roger rog; ronald ron ronnie; rosemary rose rosie; rosalind ros; russell russ; samantha sam sammy;
  samuel sam sammy; sandra sandy; sarah sara sally sadie; sean shaun shawn; sebastian seb; sharon shaz shaza; sheila shel;
  sidney sid; simon si; sophie soph sophia; stanley stan; stephanie steph stef; stephen steve steven ste; stuart stu stewart;
  susan sue suzie susie suzanne; sylvia syl; teresa theresa terry tess; terence terry tel; theodore theo ted;
  thomas tom tommy; timothy tim timmy; tomasz tom tomek thomas; piotr pete peter; tobias toby; tracey tracy trace; valerie val;
  vanessa ness nessa; veronica ronnie vera; victor vic; victoria vicky vikki tori vic; vikram vik vic; vincent vince vinny;
  vivienne viv; walter wally walt; wendy wend; wilfred wilf; william will bill billy liam willie; yasmin yas jas;
  zachary zac zach zak; agnieszka aga agnes; adeel adi; chidera chi; callum cal`;

const groupsOf = new Map<string, number[]>();
for (const [group, names] of groups.split(';').entries()) {
  for (const name of names.trim().split(/\s+/)) groupsOf.set(name, [...(groupsOf.get(name) ?? []), group]);
}

/** Whether two first names, lower case, are known to be used of one person: Becky and Rebecca. */
export function areShortForms(one: string, other: string): boolean {
  const known = groupsOf.get(other);
  return known !== undefined && (groupsOf.get(one)?.some((group) => known.includes(group)) ?? false);
}
