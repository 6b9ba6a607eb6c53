"""Who gets what from every page of one thing: the table that the sweep W1 holds the house against.

A sign for each person of `WHO`, in that order: `.` the page, `>` led on to where they may work,
`x` 403, `0` 404, `9` 409, `s` sign in first. {names} are subjects of tests/scene.py.
"""

WHO = [
    *("nobody", "mayor", "director", "head", "deputy", "chief", "requester", "admin"),
    *("colleague", "far_head", "stranger", "keeper", "other_keeper", "handler"),
    *("administrator", "leaver"),
]

TABLE = """
fakes.evidence_picture     /cases/{evidence case}/evidence/{evidence}/1         sxxxxxxxxxx00.xs
fakes.evidence_picture     /cases/{other evidence case}/evidence/{evidence}/1   sxxxxxxxxxx000xs
fakes.evidence_open        /cases/{evidence case}/evidence/{evidence}/original  sxxxxxxxxxx00.xs
fakes.evidence_original    /cases/{evidence case}/evidence/{evidence}/original  sxxxxxxxxxx00.xs
fakes.evidence_open        /cases/{other evidence case}/evidence/{evidence}/original sxxxxxxxxxx000xs
establishment.request_page /establishment/{draft}                               s00000>00000000s
establishment.request_page /establishment/{awaiting_consent}                    s0..00.0.00..0.s
establishment.request_page /establishment/{submitted}                           s0..00..000..0.s
establishment.request_page /establishment/{consented}                           s0..00.0.00..0.s
establishment.request_page /establishment/{approved}                            s00.00..000..0.s
establishment.request_page /establishment/{rejected}                            s00.00..000..0.s
establishment.tasks        /establishment/{draft}/form                          s00000.00000000s
establishment.tasks        /establishment/{returned}/form                       s0xx00.x000xx0xs
establishment.tasks        /establishment/{submitted}/form                      s09900990009909s
establishment.page         /establishment/{draft}/form/purpose                  s00000.00000000s
establishment.page         /establishment/{submitted}/form/purpose              s09900990009909s
establishment.page         /establishment/{draft}/form/expert                   s00000000000000s
establishment.check        /establishment/{draft}/form/check                    s00000.00000000s
establishment.type         /establishment/{draft}/form/type                     s00000.00000000s
establishment.version      /establishment/{submitted}/versions/1                s0..00..000..0.s
establishment.version      /establishment/{submitted}/versions/2                s00000000000000s
establishment.version      /establishment/{draft}/versions/1                    s00000000000000s
establishment.version      /establishment/{returned}/versions/1                 s0..00..000..0.s
establishment.version      /establishment/{approved}/versions/1                 s00.00..000..0.s
establishment.act          /establishment/{draft}/submit                        s00000.00000000s
establishment.act          /establishment/{awaiting_consent}/ask_consent        s09900909009909s
establishment.act          /establishment/{awaiting_consent}/consent            s0xx00x0.00xx0xs
establishment.act          /establishment/{submitted}/accept_part               s0xx00x.000xx0xs
establishment.act          /establishment/{submitted}/hand_on                   s0x.00xx000xx0xs
establishment.act          /establishment/{submitted}/approve                   s0x.00xx000xx0xs
establishment.act          /establishment/{consented}/withdraw_consent          s0xx00x0.00xx0xs
establishment.act          /establishment/{returned}/lapse                      s09900990009909s
establishment.act          /establishment/{draft}/save                          s00000000000000s
establishment.act          /establishment/{setup}/prepare                       s00000000000000s
establishment.act          /establishment/{submitted}/return                    s0x.00xx000xx0xs
establishment.act          /establishment/{draft}/approve                       s00000900000000s
establishment.act          /establishment/{approved}/approve                    s00900990009909s
fakes.case_step               /cases/{fake}/notify                                sxxxxxxxxxx00.xs
fakes.case_step               /cases/{fake}/warn_public                           sxxxxxxxxxx00.xs
fakes.packet               /cases/{fake}/packet                                sxxxxxxxxxx00.xs
fakes.file_recovery        /cases/{recovering}/file_recovery                   s00000..00000.0s
fakes.open_recovery        /cases/recovery/{active}                            sxx.xx..xxx...xs
fakes.watch                /cases/watch/{watch}                                s00000..00000.0s
profiles.show              /profiles/{setup}                                    s00.00..000..0.s
profiles.show              /profiles/{active}                                   s..............s
profiles.step              /profiles/{setup}/list                               s00x00x.000..0xs
profiles.step              /profiles/{setup}/accept_part                        s00x00x.000xx0xs
profiles.step              /profiles/{setup}/state_rights                       s00x00..000xx0xs
profiles.step              /profiles/{setup}/extend_setup                       s00.00xx000xx0xs
profiles.step              /profiles/{active}/announce_closing                  sxx.xxxxxxxxxxxs
profiles.step              /profiles/{setup}/withdraw_consent                   s00x00xx000xx0xs
profiles.step              /profiles/{active}/leave                             sxxxxx..xxxxxxxs
profiles.step              /profiles/{closing_announced}/close                  sxx.xx.xxxxxxxxs
profiles.step              /profiles/{active}/employment_ends                   s00000000000000s
profiles.step              /profiles/{active}/review                            sxxxxx..xxxxxxxs
profiles.step              /profiles/{active}/ask_closing                       sxxxxx..xxx..xxs
profiles.step              /profiles/{changed}/go_on                            sxx.xxxxxxxxxxxs
profiles.step              /profiles/{active}/go_on                             s99999999999999s
profiles.step              /profiles/{active}/announce_absence                  sxxxxx..xxxxxxxs
profiles.step              /profiles/{changed}/change_absence                   sxxx.x.xxxxxxxxs
profiles.step              /profiles/{changed}/end_absence                      sxxx.x.xxxxxxxxs
profiles.step              /profiles/{active}/change_part                       sxxxxx..xxxxxxxs
profiles.step              /profiles/{active}/extend_term                       s99999999999999s
profiles.step              /profiles/{closing_announced}/note_posted            sxxxxx..xxxxxxxs
profiles.step              /profiles/{closed}/recheck                           sxxxxxxxxxx..xxs
profiles.propose_change    /profiles/{active}/change/admin                      sxx.xx..xxx..xxs
profiles.propose_change    /profiles/{active}/change/unit                       sxx.xx..xxx..xxs
profiles.propose_change    /profiles/{active}/change/text                       sxx.xx..xxx..xxs
profiles.propose_change    /profiles/{active}/change/name                       sxx.xx..xxx..xxs
profiles.propose_change    /profiles/{active}/change/office                     s99999999999999s
profiles.propose_change    /profiles/{active}/change/nothing                    s00000000000000s
profiles.propose_change    /profiles/{setup}/change/admin                       s00.00..000..0xs
profiles.change_step       /profiles/{changed}/changes/{coming}/accept_part     sxxxxxxx.xxxxxxs
profiles.change_step       /profiles/{changed}/changes/{coming}/allow           s99999999999999s
profiles.change_step       /profiles/{changed}/changes/{agreed}/allow           sxx.xxxxxxxxxxxs
profiles.change_step       /profiles/{changed}/changes/{moving}/allow           sxxxxxxxx.xxxxxs
profiles.change_step       /profiles/{changed}/changes/{text}/confirm           sxxx.xxxxxx..xxs
profiles.change_step       /profiles/{changed}/changes/{text}/refuse            sxx.xxxxxxxxxxxs
profiles.change_step       /profiles/{changed}/changes/{coming}/withdraw        sxxxxx.x.xxxxxxs
profiles.change_step       /profiles/{active}/changes/{coming}/withdraw         s00000000000000s
profiles.handover_step     /profiles/{changed}/handovers/{handover}/say         sxx..x.xxxx..xxs
profiles.handover_step     /profiles/{changed}/handovers/{handover}/confirm     s99999999999999s
profiles.handover_step     /profiles/{active}/handovers/{handover}/say          s00000000000000s
profiles.check_off         /profiles/{setup}/check_off?item={item}              s00x00..000xx0xs
profiles.check_off         /profiles/{active}/check_off?item={item}             s99999999999999s
profiles.neighbour_list    /profiles/neighbours                                 sxxxxxxxxxx..x.s
profiles.remove_neighbour  /profiles/neighbours/{neighbour}/remove              sxxxxxxxxxx..x.s
profiles.likely_fakes      /profiles/{active}/likely_fakes                      s..............s
profiles.note_looks        /profiles/{active}/likely_fakes                      s..............s
profiles.likely_fakes      /profiles/{setup}/likely_fakes                       s00.00..000..0.s
profiles.type_address      /profiles/{setup}/address/type                       s00x00..000..0xs
profiles.type_address      /profiles/{closed}/address/type                      s99999999999999s
profiles.address_step      /profiles/{setup}/address/{typed}/allow              s00900990009909s
profiles.address_step      /profiles/{active}/address/{typed of active}/allow   sxx.xxxxxxxxxxxs
profiles.address_step      /profiles/{setup}/address/{typed}/drop               s00x00..000..0xs
profiles.address_step      /profiles/{active}/address/{typed of active}/drop    sxxxxx..xxx..xxs
profiles.address_step      /profiles/{setup}/address/{typed}/confirm            s00900990009909s
profiles.address_step      /profiles/{active}/address/{typed of active}/confirm sxxxxxx.xxx..xxs
profiles.address_step      /profiles/{setup}/address/{foreign}/drop             s00000000000000s
profiles.address_step      /profiles/{setup}/address/{typed of active}/drop     s00000000000000s
profiles.address_step      /profiles/{active}/address/{typed}/drop              s00000000000000s
people.first_start         /first/{reset}                                       0000000000000000
people.invitation          /invitation/{invitation}                             ................
people.invitation          /invitation/{reset}                                  0000000000000000
people.new_password        /reset/{reset}                                       ................
people.new_password        /reset/{invitation}                                  0000000000000000
people.invite              /people/{newcomer}/invite                            sxxxxxxxxxxxxx.s
people.invite              /people/{signs in}/invite                            sxxxxxxxxxxxxx9s
people.invite              /people/{setup}/invite                               sxxxxxxxxxxxxx0s
upkeep.message          /messages/{message}                                  sxxxxxxxxxxxxx.s
retention.table            /retention                                          sxxxxxxxxxx..x.s
retention.period           /retention/case                                     sxxxxxxxxxx..xxs
retention.clock            /retention/clock                                    sxxxxxxxxxxxxx.s
retention.look_up          /retention/person                                   sxxxxxxxxxx..xxs
retention.person           /retention/person/{disclosure}                      sxxxxxxxxxx.0xxs
retention.person_json      /retention/person/{disclosure}/json                 sxxxxxxxxxx.0xxs
register.profile           /register/{active slug}                              ................
api.profile                /api/v1/profiles/{active slug}                       ................
register.profile           /register/{setup}                                    0000000000000000
people.persons             /people                                             sxxxxxxxxxx..x.s
people.new_person          /people/new                                         sxxxxxxxxxxxxx.s
people.person              /people/{requester}                                 s00.00.0000..0.s
people.person              /people/{head}                                      s0..0000000..0.s
people.person              /people/{gone}                                      s00.0000000..0.s
people.change_person       /people/{requester}/change                          sxxxxxxxxxxxxx.s
people.move_person         /people/{requester}/unit                            sxxxxxxxxxxxxx.s
people.move_person         /people/{administrator}/unit                        sxxxxxxxxxxxxxxs
people.leave               /people/{requester}/leave                           sxxxxxxxxxxxxx.s
people.leave               /people/{administrator}/leave                       sxxxxxxxxxxxxxxs
people.leave               /people/{gone}/leave                                sxxxxxxxxxxxxx9s
people.take_back           /people/{gone}/return                               sxxxxxxxxxxxxx.s
people.take_back           /people/{requester}/return                          sxxxxxxxxxxxxx9s
people.roles               /people/{requester}/roles                           sxxxxxxxxxx..x.s
people.role_step           /people/{requester}/roles/handler/grant             sxxxxxxxxxxxxx.s
people.role_step           /people/{keeper}/roles/keeper/withdraw              sxxxxxxxxxxxxx.s
people.role_step           /people/{keeper}/roles/keeper/grant                 sxxxxxxxxxxxxx9s
people.role_step           /people/{administrator}/roles/keeper/grant          sxxxxxxxxxxxxxxs
people.grant               /people/grants/{grant}                               s0000000000....s
people.grant_step          /people/grants/{grant}/grant                         s0000000000..xxs
people.grant_step          /people/grants/{grant}/withdraw                      s0000000000xxx.s
people.new_unit            /people/units/new                                   sxxxxxxxxxxxxx.s
people.unit                /people/units/{youth}                               s..............s
people.change_unit         /people/units/{youth}/change                        sxxxxxxxxxxxxx.s
people.name_head           /people/units/{youth}/head                          sxxxxxxxxxxxxx.s
people.end_unit            /people/units/{youth}/end                           sxxxxxxxxxxxxx.s
people.absence             /people/absences/{absence}                          s0..0.00000..0.s
people.cancel_absence      /people/absences/{absence}/cancel                   s0..0x00000xx0.s
people.town                /town                                                sxxxxxxxxxxxxx.s
people.town_group          /town/names                                          sxxxxxxxxxxxxx.s
people.town_group          /town/times                                          sxxxxxxxxxxxxx.s
people.town_look           /town/look                                           sxxxxxxxxxxxxx.s
people.town_image_form     /town/look/logo                                      sxxxxxxxxxxxxx.s
people.town_image          /town/logo?v=none                                    0000000000000000
first_steps.take           /first-steps/platforms                               sxxxxxxxxxxxxx.s
first_steps.take           /first-steps/names                                   sxxxxxxxxxxxxx0s
handbook.versions          /handbook/versions                                   sxxxxxxxxxx..x.s
handbook.new_version       /handbook/versions/new                               sxxxxxxxxxx..x.s
handbook.trainings         /handbook/trainings                                  sxxxxxxxxxx..x.s
handbook.record_training   /handbook/trainings/record?people={requester}        sxxxxxxxxxx..x.s
handbook.person_trainings  /handbook/trainings/{requester}                      sxxxxxxxxxx..x.s
handbook.cancel_training   /handbook/trainings/{requester}/{training}/cancel    sxxxxxxxxxx..x.s
handbook.cancel_training   /handbook/trainings/{admin}/{training}/cancel        sxxxxxxxxxx00x0s
handbook.platforms         /handbook/platforms                                  sxxxxxxxxxx..x.s
handbook.new_platform      /handbook/platforms/new                              sxxxxxxxxxx..x.s
handbook.platform          /handbook/platforms/flickr                           sxxxxxxxxxx..x.s
handbook.platform          /handbook/platforms/nothing                          sxxxxxxxxxx00x0s
handbook.platform_step     /handbook/platforms/flickr/retire                    sxxxxxxxxxx..x.s
handbook.platform_step     /handbook/platforms/flickr/restore                   sxxxxxxxxxx99x9s
handbook.platform_step     /handbook/platforms/flickr/forget                    sxxxxxxxxxx00x0s
handbook.special_host_list /handbook/hosts                                     sxxxxxxxxxx..x.s
handbook.remove_special_host /handbook/hosts/{special host}/remove               sxxxxxxxxxx..x.s
handbook.address_rule      /handbook/platforms/paikka/rule                     sxxxxxxxxxx..x.s
handbook.address_rule      /handbook/platforms/youtube/rule                    sxxxxxxxxxx00x0s
handbook.drop_address_rule /handbook/platforms/paikka/rule/remove              sxxxxxxxxxx..x.s
handbook.add_host          /handbook/platforms/youtube/hosts                    sxxxxxxxxxx..x.s
handbook.add_host          /handbook/platforms/web/hosts                        sxxxxxxxxxx00x0s
handbook.remove_host       /handbook/platforms/youtube/hosts/old-name.example   sxxxxxxxxxx..x.s
handbook.remove_host       /handbook/platforms/flickr/hosts/old-name.example    sxxxxxxxxxx00x0s
handbook.routes            /handbook/routes                                     sxxxxxxxxxx..x.s
handbook.route             /handbook/routes/flickr/rules                        sxxxxxxxxxx..x.s
handbook.route             /handbook/routes/flickr/complaint                    sxxxxxxxxxx..x.s
handbook.route             /handbook/routes/flickr/nothing                      sxxxxxxxxxx00x0s
handbook.check_route       /handbook/routes/flickr/rules/check                  sxxxxxxxxxx..x.s
handbook.check_route       /handbook/routes/flickr/complaint/check              sxxxxxxxxxx00x0s
handbook.remove_route      /handbook/routes/flickr/rules/remove                 sxxxxxxxxxx..x.s
fakes.queue                /cases?q=savonkosken                                sxxxxxxxxxx...xs
fakes.sort                 /cases/sort                                         sxxxxxxxxxx...xs
fakes.sort_same            /cases/same?same={same}                            sxxxxxxxxxx00.xs
fakes.read_anew            /cases/addresses                                    sxxxxxxxxxx...xs
fakes.opened               /cases/opened?month=2026-11                         sxxxxxxxxxxxxxxs
fakes.case                 /cases/{case}                                       sxxxxxxxxxx00.xs
fakes.case_step            /cases/{case}/take                                  sxxxxxxxxxx00.xs
fakes.case_step            /cases/{case}/note                                  sxxxxxxxxxx00.xs
fakes.case_step            /cases/{case}/restore                               sxxxxxxxxxx009xs
fakes.case_step            /cases/{case}/nothing                               sxxxxxxxxxx000xs
upkeep.upkeep           /upkeep                                              sxxxxxxxxxx..x.s
upkeep.trail_page       /trail                                               sxxxxxxxxxx..x.s
upkeep.messages         /messages                                            sxxxxxxxxxxxxx.s
people.imports             /people/import                                       sxxxxxxxxxxxxx.s
people.import_page         /people/import/{import}                              sxxxxxxxxxxxxx.s
people.import_faults       /people/import/{import}/faults.csv                   sxxxxxxxxxxxxx.s
people.import_template     /people/import/template/units.csv                    sxxxxxxxxxxxxx.s
people.import_current      /people/import/current/people.csv                    sxxxxxxxxxxxxx.s
"""


def rows() -> list[tuple[str, str, str]]:
    """(endpoint, path with {names}, a sign for each of WHO)."""
    found = []
    for line in TABLE.strip().splitlines():
        endpoint, rest = line.split(maxsplit=1)
        path, signs = rest.rsplit(maxsplit=1)
        found.append((endpoint, path.strip(), signs))
    return found


# one POST of every rule that takes one: who may send it, and where
POSTS = {
    "fakes.evidence_original": (
        "handler",
        "/cases/{evidence case}/evidence/{evidence}/original",
    ),
    "people.sign_in": ("nobody", "/sign-in"),
    "people.sign_out": ("requester", "/sign-out"),
    "people.me": ("requester", "/me"),
    "people.password": ("requester", "/me/password"),
    "people.sessions": ("requester", "/me/sessions"),
    "people.reset": ("nobody", "/reset"),
    "people.new_password": ("nobody", "/reset/{reset}"),
    "people.invitation": ("nobody", "/invitation/{invitation}"),
    "people.invite": ("administrator", "/people/{newcomer}/invite"),
    "people.new_person": ("administrator", "/people/new"),
    "people.change_person": ("administrator", "/people/{spare}/change"),
    "people.move_person": ("administrator", "/people/{spare}/unit"),
    "people.leave": ("administrator", "/people/{spare}/leave"),
    "people.take_back": ("administrator", "/people/{parted}/return"),
    "people.role_step": ("administrator", "/people/{spare}/roles/handler/grant"),
    "people.grant_step": ("keeper", "/people/grants/{grant}/refuse"),
    "people.new_unit": ("administrator", "/people/units/new"),
    "people.change_unit": ("administrator", "/people/units/{youth}/change"),
    "people.name_head": ("administrator", "/people/units/{youth}/head"),
    "people.end_unit": ("administrator", "/people/units/{empty}/end"),
    "people.new_absence": ("head", "/people/absences/new"),
    "people.absence": ("head", "/people/absences/{other absence}"),
    "people.cancel_absence": ("head", "/people/absences/{other absence}/cancel"),
    "people.town_group": ("administrator", "/town/contacts"),
    "people.town_look": ("administrator", "/town/look"),
    "people.town_image_form": ("administrator", "/town/look/logo"),
    "first_steps.take": ("administrator", "/first-steps/platforms"),
    "retention.period": ("keeper", "/retention/case"),
    "retention.clock": ("administrator", "/retention/clock"),
    "retention.look_up": ("keeper", "/retention/person"),
    "people.imports": ("administrator", "/people/import"),
    "people.import_page": ("administrator", "/people/import/{import}"),
    "handbook.acknowledge": ("head", "/handbook/guidelines"),
    "handbook.new_version": ("keeper", "/handbook/versions/new"),
    "handbook.record_training": ("keeper", "/handbook/trainings/record?people={requester}"),
    "handbook.cancel_training": ("keeper", "/handbook/trainings/{requester}/{mistake}/cancel"),
    "handbook.new_platform": ("keeper", "/handbook/platforms/new"),
    "handbook.platform": ("administrator", "/handbook/platforms/flickr"),
    "handbook.platform_step": ("keeper", "/handbook/platforms/pinterest/retire"),
    "handbook.add_host": ("keeper", "/handbook/platforms/youtube/hosts"),
    "handbook.remove_host": ("keeper", "/handbook/platforms/youtube/hosts/older-name.example"),
    "handbook.special_host_list": ("keeper", "/handbook/hosts"),
    "handbook.remove_special_host": ("keeper", "/handbook/hosts/{older special host}/remove"),
    "handbook.address_rule": ("keeper", "/handbook/platforms/paikka/rule"),
    "handbook.drop_address_rule": ("keeper", "/handbook/platforms/paikat/rule/remove"),
    "handbook.route": ("keeper", "/handbook/routes/flickr/rules"),
    "handbook.check_route": ("keeper", "/handbook/routes/flickr/rules/check"),
    "handbook.remove_route": ("keeper", "/handbook/routes/pinterest/rules/remove"),
    "establishment.start": ("requester", "/establishment/start"),
    "establishment.page": ("requester", "/establishment/{draft}/form/purpose"),
    "establishment.type": ("requester", "/establishment/{draft}/form/type"),
    "establishment.act": ("head", "/establishment/{submitted}/reject"),
    "fakes.case_step": ("handler", "/cases/{case}/note"),
    "fakes.sort": ("handler", "/cases/sort"),
    "fakes.sort_same": ("handler", "/cases/same?same={same}"),
    "fakes.packet": ("handler", "/cases/{fake}/packet"),
    "fakes.file_recovery": ("requester", "/cases/{recovering}/file_recovery"),
    "fakes.open_recovery": ("head", "/cases/recovery/{active}"),
    "fakes.watch": ("requester", "/cases/watch/{watch}"),
    "profiles.step": ("head", "/profiles/{setup}/cancel_setup"),
    "profiles.propose_change": ("requester", "/profiles/{active}/change/text"),
    "profiles.change_step": ("head", "/profiles/{changed}/changes/{text}/refuse"),
    "profiles.handover_step": ("requester", "/profiles/{changed}/handovers/{handover}/say"),
    "profiles.check_off": ("requester", "/profiles/{setup}/check_off?item={item}"),
    "profiles.neighbour_list": ("keeper", "/profiles/neighbours"),
    "profiles.remove_neighbour": ("keeper", "/profiles/neighbours/{older neighbour}/remove"),
    "profiles.note_looks": ("keeper", "/profiles/{active}/likely_fakes"),
    "profiles.type_address": ("requester", "/profiles/{setup}/address/type"),
    "fakes.follow": ("nobody", "/follow"),
    "fakes.answer": ("nobody", "/follow/answer"),
    "fakes.seen": ("nobody", "/follow/seen"),
    "fakes.add": ("nobody", "/follow/add"),
    "fakes.contact": ("nobody", "/follow/contact"),
    "fakes.withdraw": ("nobody", "/follow/withdraw"),
    "fakes.end": ("nobody", "/follow/end"),
    "fakes.report": ("nobody", "/report"),
    "profiles.address_step": ("head", "/profiles/{active}/address/{typed of active}/allow"),
}

# takes one only while there is no administrator; this town has: tests/people/test_first_start.py
BEFORE = {"people.first_start"}
