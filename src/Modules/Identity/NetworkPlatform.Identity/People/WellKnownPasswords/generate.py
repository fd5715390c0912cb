"""Writes passwords.txt: see README.md. python3 generate.py > passwords.txt"""
import itertools

MIN, MAX = 12, 128
WORDS = """password passwort motdepasse contrasena parola senha salasana wachtwoord heslo admin administrator administrateur welcome
letmein iloveyou trustno monkey dragon sunshine princess football baseball basketball superman batman master shadow michael jennifer
jessica charlie ashley daniel thomas jordan andrew george computer internet samsung google facebook linkedin whatsapp instagram
starwars pokemon minecraft fortnite chocolate butterfly strawberry cheese banana orange purple flower summer winter spring autumn
january february march april june july august september october november december monday tuesday wednesday thursday friday saturday
sunday hello goodbye secret changeme default temporary guest testing tester support helpdesk service manager director volunteer
charity nonprofit community hope freedom forever family friends jesus christ angel blessed heaven liverpool chelsea arsenal barcelona
realmadrid manchester london paris berlin moscow jerusalem telaviv newyork america england france russia israel azerty qwerty qwertz
zaq12wsx passw0rd p@ssword p@ssw0rd access account login security company office business money lovely beautiful handsome whatever
nothing everything something anything mustang ferrari porsche mercedes yamaha harley corvette hunter killer cookie ginger pepper
maggie buster tigger snoopy scooby mickey donald garfield naruto anime guitar music dancer soccer hockey tennis golfer runner swimmer
correcthorsebatterystaple correcthorse loveyou lovelove ihateyou fuckyou passphrase mypassword yourpassword newpassword oldpassword
thepassword ourpassword thisismypassword iforgotmypassword letmeinplease openthedoor opensesame sesame abracadabra welcomehome
welcometo helloworld goodmorning goodnight happybirthday merrychristmas ilovemydog ilovemycat ilovemymom ilovejesus iloveyouso
teamwork networking peergroup supportgroup recovery serenity onedayatatime""".split()
ENDINGS = ["", "!", "!!", "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "01", "007", "69", "99", "00", "000",
           "111", "1111", "321", "4321", "54321", "654321", "123!", "1234!", "123456!", "@123", "@1234", "#123", "abc", "abc123", "qwerty", "qwerty123"]
YEARS = [str(y) for y in range(1985, 2031)]
ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertzuiop", "yxcvbnm", "abcdefghijklmnopqrstuvwxyz",
        "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"]
COLUMNS = ["1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "8ik", "9ol", "zaq1", "xsw2", "cde3", "vfr4", "bgt5"]
FOREIGN = ["пароль", "любовь", "привет", "солнышко", "сегодня", "сисма", "סיסמה", "שלום", "אהבה", "ישראל", "bonjour", "soleil", "doudou", "chouchou", "jetaime", "marseille"]


def candidates():
    for word in WORDS + FOREIGN + ROWS:
        for ending in ENDINGS + YEARS:
            yield word + ending
        for ending in ENDINGS[:6]:
            yield word + word + ending
    for first, second in itertools.product(WORDS[:40], WORDS[:40]):
        yield first + second
    for row in ROWS:
        for text in (row, row[::-1]):
            for length in range(3, len(text) + 1):
                for start in (0, len(text) - length):
                    for times in range(1, 4):
                        yield text[start:start + length] * times
    for first, second in itertools.product(ROWS, ROWS):
        yield first + second
        yield first[:6] + second[:6]
        yield first[:4] + second[:4] + first[:4]
    for some in itertools.permutations(COLUMNS[:6], 3):
        yield "".join(some)
    for character in "abcdefghijklmnopqrstuvwxyz0123456789.*!-_ ":
        for length in range(MIN, 25):
            yield character * length
    for pair in ("ab", "12", "aa", "01", "10", "xo", "ha", "la", "na", "123", "321", "abc", "xyz", "112233", "121212", "aabbcc"):
        for times in range(1, 13):
            yield pair * times


print("\n".join(sorted({c.lower() for c in candidates() if MIN <= len(c) <= MAX})))
