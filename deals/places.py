"""Countries, their people and the cities in which companies sit: what is a place, and in which country it lies.

is_place(name) -> bool         whether a capitalised name is a place and no organisation's: "Leuven", "South Korea"
country_of(name) -> str        the code of the country of a place, an adjective or a people: "Basel", "Swiss"; else ""

Only the places that news of our trade names; which company is "the Basel group" is decided in deals/references.py.
"""

from __future__ import annotations

_COUNTRIES = """
US|United States, United States of America, U.S., USA, US, America|American, Americans, U.S.-based
GB|United Kingdom, UK, U.K., Britain, Great Britain, England, Scotland, Wales|British, Britons, English, Scottish
DE|Germany|German, Germans
FR|France|French
CH|Switzerland|Swiss
IT|Italy|Italian, Italians
ES|Spain|Spanish, Spaniards
PT|Portugal|Portuguese
NL|Netherlands, The Netherlands, Holland|Dutch
BE|Belgium|Belgian, Belgians, Flemish
LU|Luxembourg|Luxembourgish
DK|Denmark|Danish, Dane, Danes
SE|Sweden|Swedish, Swede, Swedes
NO|Norway|Norwegian, Norwegians
FI|Finland|Finnish, Finn, Finns
IS|Iceland|Icelandic, Icelanders
IE|Ireland|Irish
AT|Austria|Austrian, Austrians
PL|Poland|Polish, Pole, Poles
CZ|Czech Republic, Czechia|Czech, Czechs
HU|Hungary|Hungarian, Hungarians
RO|Romania|Romanian, Romanians
SK|Slovakia|Slovak, Slovaks
SI|Slovenia|Slovenian, Slovene, Slovenes
HR|Croatia|Croatian, Croats
RS|Serbia|Serbian, Serbs
BG|Bulgaria|Bulgarian, Bulgarians
GR|Greece|Greek, Greeks
EE|Estonia|Estonian, Estonians
LV|Latvia|Latvian, Latvians
LT|Lithuania|Lithuanian, Lithuanians
RU|Russia|Russian, Russians
UA|Ukraine|Ukrainian, Ukrainians
TR|Turkey, Türkiye|Turkish, Turks
IL|Israel|Israeli, Israelis
SA|Saudi Arabia|Saudi, Saudis
AE|United Arab Emirates, UAE|Emirati
QA|Qatar|Qatari
EG|Egypt|Egyptian, Egyptians
ZA|South Africa|South African, South Africans
NG|Nigeria|Nigerian, Nigerians
KE|Kenya|Kenyan, Kenyans
JP|Japan|Japanese
CN|China, Mainland China, People's Republic, Greater China|Chinese
HK|Hong Kong|Hongkong
TW|Taiwan|Taiwanese
KR|South Korea, Korea|Korean, Koreans, South Korean, South Koreans
SG|Singapore|Singaporean, Singaporeans
MY|Malaysia|Malaysian, Malaysians
TH|Thailand|Thai, Thais
VN|Vietnam|Vietnamese
ID|Indonesia|Indonesian, Indonesians
PH|Philippines|Filipino, Philippine
IN|India|Indian, Indians
PK|Pakistan|Pakistani, Pakistanis
BD|Bangladesh|Bangladeshi
LK|Sri Lanka|Sri Lankan
AU|Australia|Australian, Australians, Aussie
NZ|New Zealand|New Zealander, New Zealanders, Kiwi
CA|Canada|Canadian, Canadians
MX|Mexico|Mexican, Mexicans
BR|Brazil|Brazilian, Brazilians
AR|Argentina|Argentine, Argentinian, Argentines
CL|Chile|Chilean, Chileans
CO|Colombia|Colombian, Colombians
PE|Peru|Peruvian
UY|Uruguay|Uruguayan
CU|Cuba|Cuban, Cubans
FJ|Fiji|Fijian
"""
_CITIES = """
US|Boston, Cambridge, Waltham, Lexington, Watertown, Worcester, Woburn, Burlington, Bedford, Andover
US|Natick, Newton
US|Marlborough, Somerville, New Haven, Stamford, Princeton, Kenilworth, Rahway, New Brunswick
US|Parsippany, Summit
US|Basking Ridge, Bridgewater, Cranbury, Newark, Trenton, Philadelphia, Exton, Malvern, Wayne
US|Radnor, Pittsburgh, King of Prussia
US|Plymouth Meeting, Wilmington, Baltimore, Gaithersburg, Rockville, Bethesda, Germantown
US|Washington, Richmond, Durham, Raleigh
US|Chapel Hill, Morrisville, Research Triangle Park, Charlotte, Atlanta, Alpharetta, Miami, Tampa
US|Orlando, Jacksonville, Boca Raton
US|Birmingham, Nashville, Memphis, Louisville, Cincinnati, Cleveland, Columbus, Indianapolis
US|Chicago, Deerfield, Lake Forest
US|North Chicago, Evanston, Milwaukee, Minneapolis, Rochester, St. Paul, St. Louis, Kansas City
US|Omaha, Denver, Boulder
US|Salt Lake City, Phoenix, Scottsdale, Tucson, Las Vegas, Dallas, Houston, Austin, San Antonio
US|Fort Worth, New Orleans, Seattle
US|Bothell, Portland, San Francisco, South San Francisco, Redwood City, Palo Alto, Menlo Park
US|Mountain View, Sunnyvale, San Jose
US|Emeryville, Berkeley, Oakland, Hayward, Fremont, Foster City, Brisbane, San Carlos, San Mateo
US|San Diego, La Jolla, Carlsbad
US|Los Angeles, Thousand Oaks, Irvine, Santa Monica, Santa Barbara, Pasadena, Long Beach
US|New York City, Tarrytown, White Plains, Buffalo
US|Massachusetts, Connecticut, New York, New Yorkers, New Jersey, Pennsylvania, Delaware, Maryland
US|Virginia, North Carolina
US|South Carolina, Florida, Alabama, Tennessee, Kentucky, Ohio, Indiana, Illinois, Michigan, Detroit
US|Ann Arbor, Wisconsin
US|Minnesota, Iowa, Missouri, Nebraska, Colorado, Utah, Arizona, Nevada, Texas, Louisiana
US|Washington State, Oregon, California
US|Californian, Californians, Texan, Texans, Rhode Island, New Hampshire, Vermont, Maine
US|Puerto Rico, Bay Area, Kalamazoo
US|Bothell, Gainesville, Tallahassee, Mass., Calif., Conn., Pa., N.J., Md., N.C., Fla.
GB|London, Oxford, Edinburgh, Glasgow, Dundee, Aberdeen, Manchester, Leeds, Sheffield, Nottingham
GB|Bristol, Cardiff, Southampton
GB|Stevenage, Abingdon, Slough, Macclesfield, Liverpool, Newcastle, Belfast, Brentford, Maidenhead
GB|Guildford, Marlow, Swindon
DE|Berlin, Munich, Martinsried, Planegg, Frankfurt, Mainz, Darmstadt, Ingelheim, Leverkusen
DE|Tübingen, Tuebingen, Heidelberg
DE|Mannheim, Ludwigshafen, Hamburg, Cologne, Düsseldorf, Dresden, Leipzig, Jena, Göttingen, Hanover
DE|Stuttgart, Bonn, Marburg, Freiburg
FR|Paris, Lyon, Lille, Marseille, Nantes, Strasbourg, Toulouse, Bordeaux, Montpellier, Grenoble
FR|Dijon, Saint-Herblain, Romainville
CH|Basel, Basle, Zurich, Zürich, Geneva, Lausanne, Bern, Schlieren, Allschwil, Zug, Lugano, Liestal
CH|Visp, Neuchâtel
IT|Milan, Rome, Turin, Bologna, Florence, Naples, Parma, Siena, Bresso, Verona, Padua
ES|Madrid, Barcelona, Valencia, Bilbao, Seville, Zaragoza, Galicia, Catalonia
PT|Lisbon, Porto, Coimbra
NL|Amsterdam, Rotterdam, Leiden, Utrecht, Nijmegen, Groningen, Eindhoven, The Hague, Maastricht, Oss
BE|Brussels, Ghent, Gent, Leuven, Antwerp, Mechelen, Liège, Liege, Gosselies, Beerse
BE|Louvain-la-Neuve, Flanders
DK|Copenhagen, Aarhus, Odense, Bagsværd, Bagsvaerd, Hellerup, Ballerup, Hørsholm
SE|Stockholm, Gothenburg, Lund, Malmö, Malmo, Uppsala, Helsingborg, Solna, Umeå, Linköping
NO|Oslo, Bergen, Trondheim, Stavanger, Tromsø
FI|Helsinki, Turku, Espoo, Oulu, Tampere, Kuopio
IS|Reykjavik, Reykjavík
IE|Dublin, Cork, Galway, Limerick
AT|Vienna, Graz, Innsbruck, Linz, Salzburg
PL|Warsaw, Krakow, Kraków, Gdansk, Wroclaw, Lodz
CZ|Prague, Brno
HU|Budapest, Szeged, Debrecen
RO|Bucharest
SI|Ljubljana
HR|Zagreb
RS|Belgrade
GR|Athens, Thessaloniki
EE|Tallinn, Tartu
LV|Riga
LT|Vilnius
RU|Moscow, St. Petersburg
UA|Kyiv, Kiev
TR|Istanbul, Ankara
IL|Tel Aviv, Jerusalem, Haifa, Rehovot, Ness Ziona, Petah Tikva
AE|Dubai, Abu Dhabi
SA|Riyadh, Jeddah
QA|Doha
EG|Cairo
ZA|Cape Town, Johannesburg, Durban
NG|Lagos
KE|Nairobi
JP|Tokyo, Osaka, Kyoto, Kobe, Nagoya, Yokohama, Fukuoka, Sapporo, Tsukuba, Kawasaki, Sendai
CN|Beijing, Shanghai, Suzhou, Shenzhen, Guangzhou, Hangzhou, Nanjing, Chengdu, Wuhan, Tianjin
CN|Chongqing, Xiamen, Zhuhai, Hefei
CN|Changsha, Jinan, Xi'an, Dalian, Jiangsu, Zhejiang, Sichuan, Guangdong, Lianyungang, Wuxi, Taizhou
CN|Macau, Macao
TW|Taipei, Hsinchu, Tainan, Taichung, Kaohsiung
KR|Seoul, Busan, Incheon, Daejeon, Songdo, Pangyo, Seongnam, Daegu, Gwangju
MY|Kuala Lumpur, Penang
TH|Bangkok, Chiang Mai
VN|Hanoi, Ho Chi Minh City
ID|Jakarta, Bandung
PH|Manila
IN|Mumbai, Bangalore, Bengaluru, Hyderabad, Ahmedabad, Pune, Delhi, New Delhi, Chennai, Kolkata
IN|Gurgaon, Baroda, Vadodara, Goa
PK|Karachi, Lahore
BD|Dhaka
AU|Melbourne, Sydney, Brisbane, Perth, Adelaide, Canberra, Hobart, Queensland, Tasmania
NZ|Auckland, Wellington, Dunedin, Christchurch
CA|Toronto, Montreal, Montréal, Vancouver, Ottawa, Calgary, Edmonton, Winnipeg, Laval, Quebec
CA|Mississauga, Waterloo, Hamilton
CA|Ontario, Alberta, British Columbia, Nova Scotia, Halifax, Manitoba, Saskatoon, Quebec City
MX|Mexico City, Guadalajara, Monterrey
BR|São Paulo, Sao Paulo, Rio de Janeiro, Rio, Belo Horizonte
AR|Buenos Aires
CL|Santiago
CO|Bogota, Bogotá, Medellin
PE|Lima
UY|Montevideo
CU|Havana
"""
_REGIONS = """
Europe, Asia, Africa, North America, South America, Latin America, Central America, Middle East, North Africa
Southeast Asia, South-East Asia, East Asia, Asia Pacific, Asia-Pacific, Western Europe, Eastern Europe, Central Europe
Scandinavia, Benelux, Nordics, Baltics, Balkans, Oceania, South Pacific, Fiji Islands, Caribbean, Sub-Saharan Africa
European Union, European Economic Area, Commonwealth, Silicon Valley, Kendall Square, Gulf States, Arab World"""


def _listed(table: str, columns: tuple[int, ...]) -> dict[str, str]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return {name.strip(): row[0] for row in rows for column in columns for name in row[column].split(",")}


_PLACES = {**_listed(_CITIES, (1,)), **_listed(_COUNTRIES, (1,))}
_PEOPLE = _listed(_COUNTRIES, (2,))
_NAMES = frozenset(_PLACES) | {name.strip() for line in _REGIONS.strip().splitlines() for name in line.split(",")}


def is_place(name: str) -> bool:
    """Whether a name is a country's, a city's or a region's, however many of its letters are capitals."""
    return name in _NAMES or (name.isupper() and len(name) > 3 and name.title() in _NAMES) or name in _PEOPLE


def country_of(name: str) -> str:
    """Return the code of the country that a place, an adjective or a people belongs to; "" where it is none."""
    return _PLACES.get(name) or _PEOPLE.get(name) or (_PLACES.get(name.title(), "") if name.isupper() else "")
