//! The words of the never-list in English, German, Spanish and Hungarian, folded: lower case, no accents, no
//! apostrophes. Notation as in [`super::text::holds`], phrases separated by commas.

use super::Reason;

/// Phrases by matter.
pub const PHRASES: &[(Reason, &str)] = &[
    (Reason::Emergency, EMERGENCY),
    (Reason::Payment, PAYMENT),
    (Reason::Compensation, COMPENSATION),
    (Reason::Legal, LEGAL),
    (Reason::Complaint, COMPLAINT),
    (Reason::Person, PERSON),
    (Reason::Custom, CUSTOM),
    (Reason::Anger, ANGER),
    (Reason::Instruction, INSTRUCTION),
];

/// What an amount is counted in.
pub const MONEY: &[&str] = &["euro*", "eur", "dollar*", "pound*", "forint*", "huf", "cent*"];

/// What puts one half of a sentence against the other.
pub const ALTHOUGH: &[&str] = &[
    "although",
    "even though",
    "despite",
    "obwohl",
    "obgleich",
    "trotzdem",
    "aunque",
    "a pesar",
    "pedig",
    "holott",
    "ennek ellenere",
];

/// Marks of joy that make three exclamation marks harmless.
pub const JOY: &[&str] = &[
    "thanks",
    "thank you",
    "thx",
    "great",
    "perfect",
    "lovely",
    "love",
    "wonderful",
    "amazing",
    "awesome",
    "excited",
    "happy",
    "danke",
    "super",
    "toll",
    "gracias",
    "genial",
    "perfecto",
    "koszonom",
    "koszi",
    "szuper",
];

/// Answers one may give twice.
pub const SMALL_TALK: &[&str] = &[
    "thank* you",
    "thanks",
    "danke",
    "gracias",
    "koszonom",
    "good morning|evening|afternoon|night",
];

/// Words put before or into a question asked again.
pub const PRESSING: &[&str] = &[
    "so", "but", "and", "please", "again", "then", "ok", "well", "just", "now", "denn", "aber", "bitte",
    "nochmal", "also", "und", "nun", "jetzt", "pero", "favor", "entonces", "y", "ahora", "de", "kerem",
    "akkor", "megint", "es", "most",
];

/// Signs of a text made for a program, as they stand in it.
pub const MARKUP: &[&str] = &[
    "system:",
    "assistant:",
    "user:",
    "<|",
    "[inst]",
    "\"role\"",
    "```",
    "<system",
    "### instruction",
];

const EMERGENCY: &str = "\
    emergency, ambulance, unconscious, bleeding, chest pain, heart attack, allergic reaction|shock, \
    theres|is ~ fire in|alarm, on fire, smell* gas|smoke|burning, gas leak, \
    got|was|am|is|were hurt|injured, cant breathe, burned|burnt my, stuck|trapped in ~ elevator|lift, \
    someone ~ broke|breaking in, assault*, stolen, theft, was|been robbed, notfall, krankenwagen, \
    es brennt, verletzt, gestohlen, emergencia, ambulancia, herido|herida, incendio, robaron|robado, \
    veszhelyzet, mentot|mentok, megserul*, elloptak, tuz van, \
    smoke in|from|coming, collapsed|fainted|unresponsive|choking|seizure, call|need ~ doctor|police, \
    someone ~ door|room at night, stalk*|threaten*|harass*, locked ~ in|out, flood*|water everywhere, \
    not breathing, \
    trying to ~ get|break in|into, break into, \
    smell*|smelt ~ burning|smoke|burnt|gas|fire, burning smell, scalp|skin|eyes|face|lips ~ \
    burning|swollen|swelling|blister*, swollen|swelling ~ eyes|face|lips|throat, slipped|fell|fallen ~ \
    cannot|cant|hurt|floor|stairs|pool|bath|bathroom|shower, cannot|cant stand|get up, cant|cannot|can not \
    breathe, someone|somebody took|stole ~ laptop|wallet|phone|bag|passport|purse|jewellery|watch, \
    disappeared|gone from ~ room|safe, gesturzt|hingefallen|ausgerutscht|bewusstlos|ohnmachtig|blutet|bluten, \
    atmet nicht, keine luft, riecht ~ rauch|verbrannt|gas, brandgeruch, feuer im|ausgebrochen, \
    kopfhaut|auge|augen|haut|gesicht|lippe|lippen|hals ~ \
    brennt|brennen|geschwollen|zugeschwollen|angeschwollen|schwillt, eingebrochen|einbrecher, rettungswagen|notarzt, \
    allergische reaktion, geklaut, desmay*|inconsciente, ha caido, se cayo, sangra|sangrando|sangre, no \
    respira*, huele ~ quemado|humo|gas, hay ~ fuego|humo, hinchad*, han robado, reaccion alergica, \
    elesett|elajult|eszmeletlen*|verzik|vertek, nem ~ lelegzik|levegot, fustszag*|gazszag*, egett szag*, \
    bedagad*|feldagad*, ellopt*, allergias reakcio*, orvost|orvosra";

const PAYMENT: &str = "\
    refund*, money back, my money, reimburs*, charge back, chargeback*, dispute*, disputing, \
    overcharg*, double charg*, charged ~ twice|double|wrong*|again|extra|incorrect*|more, \
    charged me|us|my, you charged, been|was|were|got|is charged|billed|debited, \
    why ~ charged|billed|deducted, billed twice|double|wrong*, paid twice|double, \
    double payment|booking|charge, wrong amount|charge|invoice|bill|price|total, \
    invoice|bill|charge|amount|total|payment ~ wrong|incorrect|mistake|error, \
    mistake|error on|in|with ~ invoice|bill|payment|charge, unauthori*, fraud*, scam*, \
    took|taken|deducted|withdrew ~ money|card|account, return|give|get|want|pay ~ deposit back|return*, \
    deposit back, get back ~ deposit|money, payment ~ failed|declined|problem|issue|twice, \
    problem|issue with ~ payment|bill|invoice|charge, never received ~ refund|money, stop ~ payment, \
    hidden fee*, rip off|ripoff, not|wont|never pay* for, refuse to pay, \
    dont recogni* ~ charge|payment, geld zuruck*, mein geld, ruckerstatt*, erstatt*, ruckzahl*, \
    zuruckzahl*, zuruckbuch*, abgebucht, doppelt ~ bezahlt|belastet|berechnet|gezahlt, \
    falsch* ~ berechnet|rechnung|betrag|abgerechnet, rechnung ~ falsch|fehler*|fehlerhaft, \
    rechnung ~ stimmt nicht, zu viel berechnet|bezahlt|abgerechnet, betrug, kaution zuruck, reembols*, \
    devoluc*, devolv* ~ dinero, devuelv* ~ dinero, mi dinero, cobr* ~ dos|doble|mas|mal, \
    me|nos ~ cobraron|cobraste|cobro|cobrado, cargo ~ duplicado|incorrecto|reconozco|tarjeta, \
    factura ~ incorrecta|mal|error, estafa*, fraude*, vissza ~ penz*, penz* ~ vissza*, visszaterit*, \
    visszautal*, penzvissza*, ketszer ~ vont*|fizet*|szamlaz*|terhel*, levont*, \
    tul sokat ~ szamlaz*|fizet*, hibas ~ szamla, szamla ~ hibas|rossz, csalas, csalok, vitatom, \
    charge|payment|transaction ~ not|never|didnt make|made|authoris*|authoriz*, \
    give|pay|send|transfer me|us|it back, give|get|want ~ back what, \
    amount|bill|invoice|total ~ not what|right|correct, \
    reverse|dispute|block|cancel ~ transaction|payment|charge, \
    take|took|taken|withdr* ~ euro*|eur|dollar*|pound*|account, from my account|card|bank, \
    missing payment|money, cheated|stole* from, \
    charge ~ i|we did not|didnt|never, bank|card statement, agreed to pay|charge, owe|owes me|us, \
    promised ~ deposit|refund|back, karte ~ belastet, konto ~ belastet, wiederhaben, \
    cargado|cargaron|cobrado ~ euros|dinero|tarjeta, vontak|levontak|terheltek, \
    card|statement|account ~ shows|show ~ twice|double|times|you|hotel, twice|times ~ card|statement|account, on \
    my|our|the statement, is|was|are|were on our|my|the bill|invoice|receipt, deposit ~ \
    not|still|returned|where, where ~ deposit, payment back, no idea what for, \
    karte*|kreditkarte*|abrechnung*|konto* ~ zweimal|doppelt, zweimal ~ karte*|kreditkarte*|konto*|abrechnung*, \
    rechnung ~ nie|nicht|falsch|kein*, nie ~ benutzt|bestellt|konsumiert, tarjeta|cuenta|extracto ~ dos veces, \
    dos veces ~ tarjeta|cuenta|extracto, devuelv*|devolver* ~ pague|pagado|importe, me|nos devuelv*|devolver*, \
    factura ~ no|bien|cosas, no consumimos|consumi|pedimos|hemos, kartya*|bankkartya* ~ ketszer|dupla*, ketszer \
    ~ kartya*|szerepel*, visszakap*|visszaker* ~ penz*, szaml* ~ tetel*|nem|hiba*, nem fogyasztott*|rendelt*, \
    tobbet ~ szamolt*|vontak|fizet*, tul sok* ~ szamolt*|vontak, deducted again, \
    took|taken|charged ~ amount|money|payment, cancelled ~ took|charged";

const COMPENSATION: &str = "\
    expect|want|deserve ~ something|anything back, expect|want|deserve ~ something|anything in return, \
    compensat*, recompense, damages, make it up to, make up for it|this|that|what, apologi*, \
    want|deserve|expect|owe|demand|get|given|waiting ~ apology, an apology, goodwill, free \
    night|stay|meal|treatment|session|upgrade, upgrade ~ free, for free as, what ~ do about this, partial|full \
    credit, money off, entschadig*, schadenersatz|schadensersatz, wiedergutmach*, entschuldigung ~ \
    erwarte*|verlang*, erwarte*|verlang* ~ entschuldigung, gutschrift, preisnachlass|preisminderung, compensac*, \
    compens*, indemniza*, disculpas ~ exijo|espero|quiero, exijo|espero|quiero|merezco ~ disculpa*, karter*, \
    karpotl*, bocsanatker*, kartalanit*, offer us|me ~ for, make this|it|things right, something in return, for \
    ~ the trouble|inconvenience, disaster, least you|they could|can, a|us|me free \
    breakfast|dinner|drink|stay|upgrade|room ~ minimum|least|fair|expect, minimum|least ~ free, what ~ \
    going|gonna do about, wasted|ruined afternoon|day|evening|holiday|weekend, gutmach*, gut machen, \
    dafur|ausgleich ~ bekommen|kriegen, bekommen|kriegen ~ dafur|ausgleich, als ausgleich, por las molestias, \
    cserebe, kellemetlenseg*";

const LEGAL: &str = "\
    lawyer*, attorney*, solicitor*, legal action|steps|advice|proceedings|department|threat|team, \
    take ~ court, see ~ in court, to court, lawsuit*, sue|suing, my legal, small claims, \
    consumer protection|rights|agency|authority|council, call*|report*|going|go ~ police, \
    press charges, trading standards, ombudsman, data protection authority, take this further, \
    report you, bad|negative|star review*, review* ~ everywhere|online if|unless, \
    anwalt*|rechtsanwalt*|anwaltin, verklag*, klage*, rechtliche* schritte, anzeige erstatt*, \
    verbraucherschutz, gericht, polizei rufen|holen|einschalten, abogad*, demanda* a|por|les|los, \
    demandar*, denunci*, tribunal*, acciones legales, hoja de reclamaciones, consumo oficina, ugyved*, \
    birosag*, feljelent*, fogyasztoved*, jogi ut*|lep*, perelni|beperel*, \
    rechtlich* folgen|konsequenz*, consequences, go public|to the press|newspaper, \
    tripadvisor|trustpilot, kamara|hatosag*|hatosagnal, \
    one|1 star, write ~ review, schlecht*|negativ* bewertung*, ein stern, en|a consumo, mala resena|valoracion, \
    jogi ugy*, rossz ertekeles*";

const COMPLAINT: &str = "\
    complain*, unhappy, dissatisf*, not satisfied|happy|impressed|pleased, \
    isnt|wasnt|arent|am not happy|satisfied|good enough, disappoint*, dirty, filthy, unclean, disgust*, \
    is|was|were|its|so|really|thats|how|totally|absolutely gross, gross me|us, unhygienic, terrible, horrible, awful, appalling, dreadful, the worst, \
    worst ~ ever|experience|hotel|service|haircut|stay, unacceptable, \
    poor service|quality|experience|treatment, bad service|experience|job|haircut|quality|smell, rude, \
    unfriendly, unprofessional, ignored, \
    didnt|dont|not like|enjoy ~ service|room|haircut|cut|colour|color|treatment|result|stay|way|food, \
    ruin*, messed up, botched, went wrong, not ~ what i|we ordered|booked|asked|expected|wanted|paid, \
    not as described, not clean*, wasnt|hasnt|isnt|werent|never clean*, \
    hair in ~ bed|shower|bath|food|sink, stain*, stink*, smells, smelly, mouldy|moldy|mould|mold, \
    cockroach*, bed bug*|bedbug*, rats, mice, mouse in, insects in|on, bugs in, broken, \
    doesnt|isnt|not|dont|didnt|wont|stopped|never work*, out of order, leak*, no hot water, \
    no ~ heating in, freezing, too cold|hot|loud|noisy, so loud|noisy, so much noise, \
    couldnt|cant|not|hardly sleep, unable to sleep, noise all|from, noisy neighbo*, kept ~ waiting, \
    waited ~ hours|hour|minutes|ages|long, waiting ~ for hours|ages|an hour, \
    nobody|noone ~ came|comes|answer*|help*|there|showed|replied|responded, \
    no one ~ came|comes|answer*|help*|there|showed|replied|responded, \
    never came|showed|arrived|replied|answered|called, still waiting, still no ~ answer|reply|one, \
    misled, lied, false advertising, never again, never coming|come back, overbooked, \
    lost ~ luggage|bag|suitcase, rash, itch*, burns my|on my, damaged, feedback ~ negative|bad, \
    not acceptable, let down, what a mess, beschwer*, reklam*, unzufrieden, nicht zufrieden, \
    enttausch*, schmutzig*, dreckig*, ekel*, furchtbar*, schrecklich*, katastroph*, frechheit, \
    unverschamt*, unmoglich* service, unfreundlich*, \
    schlecht* ~ service|erfahrung|behandl*|zimmer|bedien*, nicht gefallen, gefallt ~ nicht, \
    gefiel ~ nicht, kaputt, funktioniert ~ nicht, zu laut|kalt, stinkt, schimmel, unsauber*, \
    verschnitten, mangelhaft*, misshandelt, niemand ~ gekommen|da|geantwortet, queja*, quejar*, \
    reclamac*|reclamo|reclamar, insatisfech*|descontent*, decepcion*, suci*, asqueros*, pesim*, \
    horror*, terribles, fatal, mal servicio|trato|olor, no ~ gusto|gustaron, no ~ funciona*, \
    rot* ~ ducha|aire|calefaccion|cama|puerta, ruido*, maleducad*, groser*, inaceptable, huele mal, \
    cucaracha*, nunca mas, panasz*, reklama*, elegedetlen*, nem vagyok ~ elegedett, csalod*, koszos*, \
    piszkos*, mocskos*, undorit*, borzaszt*, szornyu*, borzalmas*, rettenetes*, nem ~ tetsz*, \
    nem ~ mukod*, elromlott, tonkre*, elrontott*, bunkó|bunko*, udvariatlan*, felhabori*, \
    elfogadhatatlan*, hangos volt, budos*, csotany*, soha tobbe*|tobbet, \
    smelled|smelt|smelling, hair everywhere|all, chipped|peeled|peeling, fell off|out|apart, \
    nothing like, not like ~ picture|photo|website, partying, screaming|shouting|yelling, \
    bad|poor|worse|worst|inedible|cold food|coffee|breakfast, food ~ cold|bad|inedible, ungenie*, \
    too short|dark|light|bright|yellow|orange|red, uneven, crooked, hurts|hurt|painful, \
    expected more|better, not worth, regret*, unsafe|uncomfortable, mess, lukewarm|lauwarm, \
    no|nobody clean* ~ room, not|never ~ replaced|changed|cleaned|refilled, \
    laughed|laughing|yelled|shouted at, too much|short off, cut off ~ much, \
    woken|woke|kept us|me|awake, misleading, comida ~ fria, hideg volt, builders|drilling|construction, \
    saftladen, \
    not|never|hadnt|hasnt|havent been cleaned|made|emptied|changed, neighbours|neighbors|people|guests ~ \
    shouting|loud|noisy|partying|screaming, cant|couldnt|cannot ~ sleep, cold water, turned|went|came ~ \
    green|orange|yellow|purple|grey|patchy|wrong, asked|asking for ~ took|cut|gave|got|but, treated ~ \
    badly|poorly|terribly|unfairly|rudely, moved|changed|switched rooms, does|did nothing, degrees in ~ \
    here|room, hot|cold in here, haare ~ bett|dusche|bad|essen, fremde haare, anders ~ \
    besprochen|vereinbart|bestellt|gewunscht, konnen|konnten|kann|konnte ~ nicht schlafen, gefeiert, \
    larm|krach|lautstark*, kein* ~ warmes wasser|warmwasser|heizung|strom, defekt|verstopft|undicht|tropft, \
    fleck*, nicht ~ sauber|geputzt|gereinigt, manchas|manchad*, dejado ~ fatal|mal|horrible, agua fria, no ~ \
    agua caliente, no ~ dormir, averiad*|estropead*, no ~ limpi*, hajszal*, nem ~ aludni, \
    zajtol|zajos|zaj|zajong*, nincs ~ viz|futes|aram, hideg ~ viz|zuhany, folt|foltos*|foltok, \
    eldugult|bedugult|csopog, nem ~ takarit*, \
    macht|machen ~ gerausch*, broke|cracked|snapped ~ after|later|already, nails|nail|heel|hair broke*|cracked, \
    sin hacer|limpiar|recoger, nem ezt|azt|ilyet ~ kert*, for|of this mess";

const PERSON: &str = "\
     \
    speak|talk|chat|connect|transfer|switch|put|pass|forward|escalate ~ person|human|someone|somebody|agent|manager|receptionist|reception|staff|colleague|operator|representative|owner|supervisor|people|employee|stylist|director|boss|team, \
    real|actual|live|human person|human|agent|being|operator|staff|assistant|support|help, a human, \
    human please, humans, person please, agent please, operator please, manager please, a manager, \
    the manager, your manager|boss|supervisor|colleague, customer service|support|care, \
    not|no|dont|cant|wont ~ bot|robot|machine|computer|chatbot, stop ~ bot|robot|ai, \
    is this ~ bot|robot|ai|machine|human|person|computer, \
    are you ~ bot|robot|ai|machine|human|real|person|computer, hate ~ bot*|robot*|ai|chatbot*, \
    talk|talking|speak|chat to|with a bot|robot|machine|computer, instead of ~ bot|ai|robot|machine, \
    call me, phone me, ring me, call ~ back, callback, \
    someone|somebody|anyone|anybody ~ call|contact|phone|reach|answer, \
    can|could|would someone|somebody|anyone|anybody ~ help|come|please, someone|somebody from, \
    can|could|may|want|like|need ~ call someone|somebody, \
    want|need|get|give|like ~ person|human|agent|manager|operator|representative|supervisor, \
    ask ~ colleague|manager|reception|human|person|staff, wish to speak|talk, anyone there, \
    anybody there, somebody there, is ~ anyone|anybody here, mitarbeiter*, \
    echte* person|menschen|mensch, \
    mit ~ menschen|mensch|jemandem|person|kollegen|kollegin|rezeption|chef|manager|geschaftsfuhrer* ~ sprechen|reden|schreiben|chatten, \
    einen menschen, sprechen|reden ~ jemand*|mensch*|person, jemanden sprechen, ruckruf, \
    rufen sie mich, kein* ~ bot|roboter|maschine, geschaftsfuhr*, vorgesetzt*, ist da jemand, \
    hablar|chatear|comunicar* ~ persona|humano|alguien|agente|encargad*|gerente|recepcion|empleado|responsable, \
    persona real|humana|de verdad, un humano, un agente, operador*, encargad*, gerente, \
    llamenme|llamame|me llamen|me llame, no ~ robot|bot|maquina, eres un ~ bot|robot|maquina|persona, \
    hay alguien, elo ~ ember*|szemely*, emberrel, valodi ~ ember*|szemely*, munkatars*, ugyintezo*, \
    kolleg*, recepcios*, vezeto*, fonok*, manager*rel, hivj* ~ fel|vissza, visszahiv*, \
    beszel* ~ valaki*|ember*|szemely*, valakivel ~ beszel*, nem ~ robot*|gep*|bot*, van ott valaki, \
    robot vagy, \
    get|give|bring|find me|us ~ boss|manager|person|human|owner|supervisor, \
    member of staff|team, somebody|someone|anybody|anyone please|now, \
    with ~ reception|the desk|the salon directly, who is in charge, person in charge, \
    responsible person, \
    put|patch me through, deal with ~ people|person|human|someone, \
    kann|soll ~ jemand ~ anrufen|kommen|helfen, discuss ~ staff|person|manager|someone|somebody, \
    operator, \
    someone|somebody|anyone ~ works, chatting|talking|speaking|writing ~ \
    computer|bot|machine|robot|human|person, need|want|like|prefer|rather ~ speak|talk to|with, rather|prefer ~ \
    ask ~ stylist|directly|somebody|someone, give me|us ~ call|ring, mit jemandem ~ sprechen|reden, personlich \
    sprechen|reden, mich|uns ~ anrufen|anruft, atienda* ~ persona|alguien, prefiero ~ persona|alguien|hablar, \
    elo emberrel, \
    pasame|paseme|paseme con, jefa|jefe, kapcsol*|adja|add ~ fonok*|vezeto*|kolleg*, who is responsible";

const CUSTOM: &str = "\
     \
    bring*|take|come|coming|arriv*|travel*|stay* ~ dog*|cat*|pet|pets|puppy|kitten|animal*|parrot|rabbit, \
    with my|our|a|the ~ dog*|cat|cats|pet|pets|puppy, \
    my|our ~ dog*|cat|cats|puppy|pet|pets|parrot|rabbit, have|got a dog|cat|puppy|pet, \
    extra|additional|third|another bed|mattress, roll away|rollaway, exception*, \
    special request|arrangement|favour|favor|deal|treatment|rate|offer|price, just this once, \
    bend the rule*, discount*, cheaper, better price|deal|rate|offer, lower price|rate, best price, \
    a deal, reduc* ~ price|rate, negotiat*, price match, special rate|price, for less, \
    birthday cake|surprise|decor*, surprise for|my, decorat*, \
    flowers|roses|champagne ~ room|bed|arrival, propose to|marriage proposal|proposal, \
    wedding ~ party|at|reception|event|group, private party|event|dinner, \
    host|organi* ~ party|event|wedding|conference, smoke in|smoking room, \
    our own ~ food|caterer|dj|band, waive*, group rate|booking|discount, hold|keep ~ room without, \
    without paying|payment|deposit, pay later, pay ~ instal*, special diet, adjoining|connecting room*, \
    long term|monthly rate, stay ~ after|past check out, custom* request|made|package, tailor made, \
    personal favo*, hund* ~ mit*, mit ~ hund*|katze*|haustier*, mein*|unser* ~ hund*|katze*|haustier*, \
    mitbringen ~ hund*|katze*, zustellbett*|zusatzbett*|extrabett*|beistellbett*, ausnahme*, \
    sonderwunsch*|sonderwunsche|sonderpreis*|sonderkondition*, rabatt*, billiger, gunstiger*, nachlass, \
    extrawunsch*, uberraschung*, feier* veranstalt*|organis*, \
    llevar|traer|venir|ir|viajar ~ perr*|gat*|mascota*, con ~ perr*|gato|gata|mascota*, \
    mi|mis|nuestr* perr*|gato|gata|mascota*, cama ~ extra|adicional|supletoria, excepcion*, descuento*, \
    mas barat*, peticion especial, favor especial, rebaja*, precio especial|mejor, sorpresa, kutya*, \
    kuty*val, macska*, haziallat*|kisallat*, potagy*, kivetel*, kedvezmeny*, olcsobb*, engedmeny*, \
    kulon ~ keres*|kerest, egyedi keres*, alku*|alkud*, meglepetes*, \
    labrador|retriever|dachshund|poodle|terrier|bulldog|chihuahua|spaniel|beagle|hamster|bird, \
    petals|rose|roses, let us|me ~ stay|keep|check|have|come|use|bring, \
    without ~ extra|additional cost|charge|fee|paying, bring ~ own, perros|mascotas ~ grandes|nuestro, \
    viaj* ~ perr*|mascota*|gat*, \
    would it be possible to ~ have|get|arrange|move|use|bring|stay|organi*, \
    arrange ~ for us|me|him|her|them, special, \
    just for me|us, instead of ~ per|euro|euros|night, kosher|halal kitchen|meal|meals, \
    durfen|darf|kann ~ hund*|katze*|haustier*, open|come|start earlier|later ~ for me|us, \
    third|second|another|additional|extra bed, do about ~ price|rate|cost, price|rate if ~ stay|book|come, \
    upgrade|upgraded, balloons|balloon|banner|confetti|candles|cake, would|could|can ~ start|open|begin ~ \
    morning|night|earlier|later for me|us, promo|promotion|discount|voucher code, coupon*, off with|if|for, code \
    ~ off|discount|cheaper, promised us|me, dackel|pudel|welpe*|hundchen|vierbeiner*, preis ~ \
    entgegen|nachlass|handeln|verhandeln, entgegenkommen, kommen|kommt ~ entgegen, gib|geben|bekomme*|bekommen ~ \
    umsonst|gratis|kostenlos, luftballon*|torte, perrit*|cachorr*|gatit*, mejor|buen precio, precio si, \
    globos|tarta|decorar, tacsko*|uszkar*|kutyus*|cica*, engedni ~ ar|arak|arbol, arbol ~ enged*, lufi*|tort*";

const ANGER: &str = "\
    angry, furious, fed up, outrag*, ridiculous, pathetic, useless, joke, wtf, fuck*, shit*, bullshit, \
    damn*, crap, the|as|like|to|bloody hell, idiot*, stupid, incompetent*, shame*, sick of, had enough, waste of, nonsense, \
    annoy*, upset, frustrat*, losing my patience, youre not listening, you are not listening, \
    not listening, not help*, didnt help, doesnt help, wrong answer, thats not what|my, \
    you dont understand, useless bot, hate, wutend, sauer, scheiss*, verdammt*, mist, unfassbar, \
    lacherlich, nutzlos, reicht mir, es reicht, arger*, hilft ~ nicht, falsche antwort, arsch*, \
    idioten, enfadad*, enojad*, furios*, harto|harta, mierda, joder, ridicul*, verguenza, inutil*, \
    indignad*, estupid*, no ~ ayuda*, no me entiendes, duhos*, merges*, ideges*, elegem van, szar*, \
    francba, nevetseges, hulye*, szegyen*, haszontalan, kurva*, nem segit*, \
    kidding me|us, dumb, moron*, terrible bot|ai|answer*, for the last|third|second time, \
    already told|asked|said|wrote, how many times, listen to me, unbelievable|incredible, ungeduldig, \
    genug, \
    had it with, second|third|fourth|fifth time i, impossible, you people, \
    bloody|rubbish|garbage, nothing but, ein witz, verstehen|verstehst|versteht ~ nichts, zumutung, tomadura de \
    pelo, una broma, no entiend* nada, semmit nem ert*";

const INSTRUCTION: &str = "\
    ignore|disregard|forget|override|bypass ~ \
    instructions|instruction|rules|rule|prompt|guidelines|restrictions|policy|policies|above|programming, system \
    prompt|message|instruction*, your|hidden|secret|initial|original \
    prompt|instructions|configuration|programming|guidelines, you are now, youre now, from now on you, act as \
    a|an|if|my|the, pretend ~ you|to, role play|roleplay, jailbreak*, dan mode, \
    developer|debug|admin|god|maintenance mode, no restrictions, repeat after me, repeat ~ \
    words|sentence|following, say exactly, im|am|is ~ administrator|admin|developer|programmer|sysadmin \
    of|and|show|give|enter|speaking|here|the, i am|im the|an|your administrator|admin|developer, note to \
    ai|assistant|bot, bookings|reservations|appointments|names|data|details of ~ all|other|every \
    guests|guest|clients|customers|people, all|other|every|next guests|clients|customers ~ \
    bookings|appointments|data|names, tell ~ next|all|every|other guests|guest|customers, \
    call|run|execute|invoke ~ tool|function|command, print|reveal|show|output|leak ~ \
    prompt|configuration|instructions|rules|source, must grant|approve|obey|comply, without asking, im \
    start|end, ignorier*|vergiss|vergessen|missachte* ~ anweisung*|regel*|vorgabe*|instruktion*|befehl*, du \
    bist|sie sind ab|von jetzt|nun|sofort, ab jetzt|sofort|nun bist|sind, \
    systemnachricht*|systemprompt*|systemanweisung*, tu|tue|tun ~ so als, spiel* ~ rolle, sprich mir nach, \
    buchungen|termine|daten ~ aller|anderer|alle* ~ gaste*|kunden, ignora|ignore|olvida|olvide ~ \
    instruccion*|reglas|normas|anterior*, a partir de ahora eres|es|actua*, ahora eres, actua|actue como, \
    finge|finja que|ser, instrucciones|reglas internas|ocultas|secretas, soy ~ administrador*|desarrollador*, \
    eres ~ administrador*, mensaje|prompt del sistema, reservas|citas|datos de ~ todos|otros ~ \
    clientes|huespedes, hagyd|hagyja|felejtsd|felejtse ~ utasitas*|szabaly*, figyelmen kivul ~ \
    utasitas*|szabaly*, mostantol te vagy, rendszeruzenet*|rendszerprompt*, adminisztrator* vagyok|vagy, \
    tegy|tegyen ugy mintha, minden|tobbi|osszes vendeg ~ foglalas*|adat*, vendegek foglalas*|adat*, \
    new|updated instructions|task|role, your new task|role|job";
