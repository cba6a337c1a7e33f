"""Albanian words whose forms no ending tells, and names of places, which are written with a capital and declined."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from nejat_crawler.folding import fold_for_search

# A line is a word with its forms; not among them: pa, "saw" and "without", do, "wants" and "will".
_WORDS = """
    jam je është jemi jeni janë isha ishte ishim ishit ishin qeshë qe qenë jesh qenka qenkan qenkam
    kam ke ka kemi keni kanë kisha kishte kishim kishit kishin pata pati patën pasur keshë ketë paska paskan
    jap jep japim jepni japin dhashë dha dhamë dhatë dhanë dhënë jepja jepje jepte jepnin japë japësh jepet jepen
    them thua thotë themi thoni thonë thashë tha thamë thatë thanë thënë thosha thoshte thoshin thuhet thuaj
    marr merr marrim merrni marrin mora more mori morëm morën marrë merrja merrte merrnin merret merren marrësh
    vij vjen vijmë vini vijnë erdha erdhe erdhi erdhëm erdhët erdhën ardhur vija vinte vinin vijë ejani
    shoh sheh shohim shihni shohin pashë pamë patë panë parë shihja shihte shihnin shihet shihen shohë
    dua duam doni duan desha deshe deshi deshëm deshën dashur doja doje donte donim donin duhet dojë
    vras vret vrasim vrisni vrasin vrava vrave vrau vramë vranë vrarë vriste vrisnin vritet vriten vritej vrasë
    flas flet flasim flisni flasin fola fole foli folëm folën folur flisja fliste flisnin flitet flasë
    vdes vdesim vdesin vdiqa vdiqe vdiq vdiqëm vdiqën vdekur vdiste vdisnin vdesë
    gjej gjen gjejmë gjejnë gjeta gjete gjeti gjetëm gjetën gjetur gjente gjenin gjendet gjenden gjejë
    njoh njeh njohim njihni njohin njoha njohu njohën njohur njihte njihnin njihet njihen njohë
    bëj bën bëjmë bëni bëjnë bëra bëre bëri bëmë bëtë bënë bërë bëja bënte bënin bëhet bëhen bëhej bëjë
    rri rrimë rrinë ndenja ndenji ndenjën ndenjur rrinte rrinin
    hyj hyn hyjmë hyni hyjnë hyra hyre hyri hymë hytë hynë hyrë hynte hynin hyjë
    dal del dalim dilni dalin dola dole doli dolëm dolën dalë dilte dilnin dalësh
    bie biem bini bien rashë ra ramë ranë rënë binte binin bjerë
    lë lëmë lini lënë lashë lamë latë lanë linte linin lihet lërë
    pyes pyet pyesim pyesin pyeta pyete pyeti pyetëm pyetën pyetur pyeste pyesnin pyetet
    pres pret presim prisni presin prita prite priti pritëm pritën pritur priste prisnin pritet priten
    iki ikën ikim ikin ika ike iku ikëm ikur ikte iknin ikë
    ha hamë hani hanë hëngra hëngri hëngrën ngrënë hante
    pi pimë pinë piva piu pinë pirë pinte
    fle flemë flenë fjeta fjeti fjetën fjetur flinte
    di dimë dini dinë dinte dinin ditur dihet dijë
    mbaj mban mbajmë mbani mbajnë mbajta mbajte mbajti mbajtëm mbajtën mbajtur mbante mbanin mbahet mbahen mbajë
    mbroj mbron mbrojmë mbrojnë mbrojta mbrojti mbrojtën mbrojtur mbronte mbronin mbrohet mbrojë
    luaj luan luajmë luajnë luajta luajti luajtën luajtur luante luhet
    ruaj ruan ruajmë ruajnë ruajta ruajti ruajtën ruajtur ruante ruhet
    shkruaj shkruan shkruajmë shkruajnë shkrova shkroi shkruam shkruar shkruante shkruhet shkruhen
    quaj quan quajmë quajnë quajta quajti quajtën quajtur quante quhet quhen quhej
    paguaj paguan paguajmë paguajnë pagova pagoi paguar paguante paguhet paguhen
    vuaj vuan vuajmë vuajnë vuajta vuajti vuajtën vuajtur vuante
    vë vëmë vënë vura vure vuri vumë vunë vihet
    shes shet shesim shesin shita shiti shitën shitur shiste shitet
    sjell sjellim sillni sjellin solla solli sollën sjellë sillte sillet sjellur
    heq heqim hiqni heqin hoqa hoqi hoqën hequr hiqte hiqet
    hedh hedhim hidhni hedhin hodha hodhi hodhën hedhur hidhte hidhet
    mbledh mbledhim mblidhni mbledhin mblodha mblodhi mblodhën mbledhur mblidhte mblidhet mblidhen
    zgjedh zgjedhim zgjedhin zgjodha zgjodhi zgjodhën zgjedhur zgjidhte zgjidhet
    vjedh vjedhin vodha vodhi vodhën vjedhur vidhte
    nxjerr nxjerrin nxora nxori nxorën nxjerrë nxirrte nxirret
    djeg djegin dogja dogji dogjën djegur digjte digjet
    përdor përdorin përdora përdori përdorën përdorur përdorte përdoret përdoren
    hap hapim hapin hapa hapi hapën hapur hapte hapnin hapet hapen
    mbyll mbyllin mbylla mbylli mbyllën mbyllur mbyllte mbyllet mbyllen
    kap kapin kapa kapi kapën kapur kapte kapet kapen
    lind lindin linda lindi lindën lindur lindte lindet
    vendos vendosin vendosa vendosi vendosën vendosur vendoste vendosnin vendoset vendosen
    humb humbin humba humbi humbën humbur humbte humbet
    bind bindin binda bindi bindën bindur bindte bindet binden
    fsheh fshehin fsheha fshehu fshehën fshehur fshihte fshihet fshihen
    rrah rrahin rraha rrahu rrahën rrahur rrihte rrihet rrihen
    mbështet mbështesin mbështeta mbështeti mbështetën mbështetur mbështeste mbështetet
    godas godet godasin godita goditi goditën goditur godiste goditet
    ngre ngremë ngrenë ngrita ngriti ngritën ngritur ngrinte ngrihet ngrihen
    ndez ndezin ndeza ndezi ndezën ndezur ndizte ndizet ndizen
    arrij arrin arrijmë arrijnë arrita arriti arritëm arritën arritur arrinte arrihet
    përpiqem përpiqet përpiqen përpoqa përpoq përpoqën përpjekur përpiqej përpiqeshin
    paraqes paraqet paraqesin paraqita paraqiti paraqitën paraqitur paraqiste paraqitet paraqiten
    qaj qan qajnë qava qau qanë qarë qante
    laj lan lajnë lava lau larë lante lahet
    ul ulin ula uli ulën ulur ulte ulet ulen ulej
    vesh vishem veshin vesha veshi veshën veshur vishte vishet vishen
    ndjek ndjekin ndoqa ndoqi ndoqën ndjekur ndiqte ndiqet ndiqen
    pjek pjekin poqa poqi poqën pjekur piqet
    ndodh ndodhin ndodhi ndodhën ndodhur ndodhte ndodhet ndodhen ndodhej
    bërtas bërtet bërtasin bërtita bërtiti bërtitën bërtitur
    shtyj shtyn shtyu shtynë shtyrë shtyhet
    fryj fryn fryu frynë fryrë
    thyej thyen theu thyen thyer thyhet
    rrëfej rrëfen rrëfeu rrëfyer
    fshij fshin fshiu fshinë fshirë fshihet
    mbyt mbytin mbyta mbyti mbytën mbytur mbytet mbyten
    pëlqej pëlqen pëlqeu pëlqyer pëlqehet
    rrit rritin rrita rriti rritën rritur rritet rriten
    prek prekin preka preku prekën prekur prekte preket preken
    shkel shkelin shkela shkeli shkelën shkelur shkelte shkelet shkelen
    prish prishin prisha prishi prishën prishur prishet prishen
    prind prindi prindin prindit prindër prindërit prindërve
    bir biri birit birin bij bijtë bijve
    bijë bija bijës bijën bijat bijave
    kufi kufiri kufirit kufirin kufij kufijtë kufijve
    derë dera derës derën dyer dyert dyerve
    grua gruaja gruan gruas gruaje gra gratë grave grash
    djalë djali djalin djalit djem djemtë djemve djelm
    vëlla vëllai vëllait vëllanë vëllezër vëllezërit vëllezërve
    njeri njeriu njeriut njeriun njerëz njerëzit njerëzve
    dorë dora dorës dorën duar duart duarve
    fëmijë fëmija fëmijën fëmijës fëmijët fëmijëve
    vit viti vitit vitin vite vitet viteve vjet vjetëve vjetët
    ditë dita ditës ditën ditët ditëve
    natë nata natës natën net netët netëve
    ujë uji ujit ujin ujëra ujërat ujërave
    mijë mijëra mijërat mijërave
    qind qindra qindrat qindrave
    dhjetë dhjetëra dhjetërat dhjetërave
    det deti detit detin dete detet deteve
    mur muri murit murin mure muret mureve
    fat fati fatit fatin fate fatet
    rol roli rolit rolin role rolet roleve
    ves vesi vesit vesin vese veset veseve
    fis fisi fisit fisin fise fiset fiseve
    zë zëri zërit zërin zëra zërat zërave
    madh madhe madhi madhja mëdha mëdhatë mëdhenj mëdhenjtë mëdhenjve madhit madhes
    keq keqe keqi keqja këqij këqijtë këqija këqijat këqijve
    vogël vogla voglat vogli vegjël vegjëlit vogëlit voglit
    ri re rinj rinjtë rinjve reja rejat rejave riut riun
    zi zezë zezat zeza zinj zinjtë
    mirë mira mirat miri mirët mirëve
"""
_PLACES = """
    Shqipëri Kosovë Tiranë Durrës Shkodër Vlorë Elbasan Korçë Fier Evropë Europë Azi Afrikë Amerikë
    Iran Teheran Irak Bagdad Turqi Ankara Siri Damask Liban Bejrut Izrael Palestinë Gazë Jordani Egjipt
    Arabi Katar Kuvajt Jemen Afganistan Pakistan Indi Kinë Rusi Moskë Ukrainë Greqi Athinë Maqedoni Serbi Beograd
    Bosnjë Kroaci Itali Romë Francë Paris Gjermani Berlin Angli Britani Londër Belgjikë Bruksel Holandë Hagë Zvicër
    Gjenevë Austri Vjenë Suedi Norvegji Danimarkë Finlandë Spanjë Madrid Poloni Rumani Bullgari Hungari Kanada
    Uashington Kurdistan
"""
_FEMININE = (("ë", ("a", "es", "en")), ("ër", ("ra", "res", "ren")), ("i", ("ia", "ise", "ine")))
_MASCULINE = ("", "i", "it", "in", "u", "ut", "un")


@cache
def _listed() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in fold_for_search(_WORDS).strip().split("\n"):
        word, *forms = line.split()
        for form in (word, *forms):
            found.setdefault(form, set()).add(word)
    return found


def words_of(form: str) -> set[str]:
    """The words that a folded form is listed under."""
    return _listed().get(form, set())


@cache
def places_by_form() -> dict[str, str]:
    """Folded names of places by folded form: of shqiperise it is shqiperi."""
    return {fold_for_search(form): fold_for_search(name) for name in _PLACES.split() for form in _cases(name)}


def _cases(name: str) -> Iterator[str]:
    for ending, others in _FEMININE:
        if name.endswith(ending):
            yield name
            yield from (name.removesuffix(ending) + other for other in others)
            return
    yield from (name + ending for ending in _MASCULINE)
