#include "storage/book/verify.hpp"

#include <set>

#include "storage/book/data_folder.hpp"
#include "storage/book/file_store.hpp"
#include "storage/book/head_file.hpp"
#include "storage/book/terminal.hpp"
#include "storage/engine/sqlite/open.hpp"
#include "storage/feed/base.hpp"
#include "storage/feed/feed_log.hpp"
#include "storage/records/core/columns.hpp"
#include "storage/records/core/people.hpp"
#include "storage/records/customers/files.hpp"
#include "storage/vault/vault.hpp"

namespace keepsake {

namespace {

/// A rule that data can show, as the question for its violations: each row is one (a name, an id).
struct Rule {
  std::string_view invariant;
  std::string_view holds;     ///< in words, when it does
  std::string_view violated;  ///< in words, of one row
  Sql violations;
};

// What head office sent down has happened, whatever it contradicts: not every fact of it has a row. Where
// the records began with rows, the facts behind those are not here to be counted.
#define OF_TYPE(n)                                         \
  "(SELECT (SELECT count(*) FROM journal WHERE type = " #n \
  ") + (SELECT count(*) FROM feed WHERE body IS NOT NULL AND type = " #n "))"
#define COUNT_RULE(name, type, counted)                                                         \
  Rule {                                                                                        \
    "I11", "as many " name " in the records as in the journal",                                 \
        name " differ in number between journal and records", {                                 \
      "verify.count", "SELECT '' FROM (SELECT " OF_TYPE(                                        \
                          type) " AS facts, (SELECT count(*) FROM " counted                     \
                                ") AS found) WHERE NOT EXISTS (SELECT 1 FROM feed_base)"        \
                                " AND (found > facts OR (found < facts"                         \
                                " AND NOT EXISTS (SELECT 1 FROM feed WHERE body IS NOT NULL)))" \
    }                                                                                           \
  }

constexpr Rule rules[] = {
    {"I3",
     "ledger: all accounts of a unit together are zero",
     "the accounts do not sum to zero",
     {"verify.ledger-zero", "SELECT unit FROM posting GROUP BY unit HAVING sum(amount) <> 0"}},
    {"I3",
     "ledger: every fact's postings are zero together for each owner",
     "a fact's postings do not sum to zero for their owner",
     {"verify.ledger-fact",
      "SELECT fact FROM posting GROUP BY fact, owner, unit HAVING sum(amount) <> 0"}},
    {"I3",
     "ledger: what leaves one owner comes to another",
     "what a fact moved from one owner is not what came to another",
     {"verify.ledger-moved",
      "SELECT fact FROM posting WHERE kind IN (7, 17) GROUP BY fact, unit"
      " HAVING sum(amount) <> 0"}},
    {"I3",
     "ledger: every posting names a fact of the journal or of head office",
     "a posting names a fact that neither the journal nor head office's feed holds",
     {"verify.ledger-names",
      "SELECT DISTINCT fact FROM posting WHERE fact NOT IN (SELECT id FROM journal)"
      " AND fact NOT IN (SELECT id FROM feed) AND NOT EXISTS (SELECT 1 FROM feed_base)"}},
    {"I3",
     "ledger: no customer, wallet or gift card is below zero, no debt above",
     "an account is on the wrong side of zero",
     {"verify.ledger-sign",
      "SELECT owner FROM account WHERE (kind IN (1, 11, 12) AND amount < 0)"
      " OR (kind = 6 AND amount > 0)"}},
    {"I3",
     "ledger: every account is the sum of its postings",
     "an account is not the sum of its postings",
     {"verify.ledger-accounts",
      "SELECT owner FROM (SELECT unit, kind, owner, amount FROM account UNION ALL"
      " SELECT unit, kind, owner, -amount FROM posting) GROUP BY unit, kind, owner"
      " HAVING sum(amount) <> 0"}},
    {"I3",
     "points: what remains of every lot lies between nothing and what was issued",
     "a lot holds less than nothing or more than it was issued",
     {"verify.lot-bounds",
      "SELECT fact FROM lot WHERE remaining < 0 OR remaining > issued OR issued <= 0"}},
    {"I3",
     "points: every customer has what remains in their lots",
     "a customer's points are not what remains in their lots",
     {"verify.lot-sums",
      "SELECT owner FROM (SELECT owner, amount FROM account WHERE kind = 1 UNION ALL"
      " SELECT customer, -remaining FROM lot) GROUP BY owner HAVING sum(amount) <> 0"}},
    {"I3",
     "points: every lot was issued as the ledger says, and never above that",
     "a lot is not what the ledger says",
     {"verify.lot-postings",
      "SELECT l.fact FROM lot l LEFT JOIN posting p ON p.lot_fact = l.fact AND p.lot_n = l.n"
      " AND p.kind = 1 GROUP BY l.fact, l.n"
      " HAVING coalesce(sum(CASE WHEN p.fact = l.fact AND p.amount > 0 THEN p.amount END), 0)"
      " <> l.issued OR sum(p.amount) < l.remaining"}},
    {"I3",
     "loyalty events: what earns once has earned once",
     "one cause has earned twice",
     {"verify.event-causes",
      "SELECT min(id) FROM loyalty_event WHERE cause <> '' GROUP BY about, cause"
      " HAVING count(*) > 1"}},
    {"I3",
     "codes of lists: every used one is named by what used it",
     "a code is used by something that does not name it",
     {"verify.codes-used",
      "SELECT c.used_by FROM reward_code c WHERE c.used_by IS NOT NULL AND NOT EXISTS"
      " (SELECT 1 FROM outcome_reward r WHERE r.fact = c.used_by AND r.reward = c.reward"
      "  AND (r.coupon = c.code OR EXISTS (SELECT 1 FROM outcome_voucher v"
      "   WHERE v.fact = r.fact AND v.n = r.n AND v.code = c.code)))"}},
    {"I3",
     "stored value: every gift card and wallet has what remains in its lots",
     "the money of a gift card or wallet is not what remains in its lots",
     {"verify.value-lots",
      "SELECT owner FROM (SELECT kind, owner, unit, amount FROM account WHERE kind IN (11, 12)"
      " UNION ALL SELECT kind, owner, currency, -remaining_minor FROM value_lot)"
      " GROUP BY kind, owner, unit HAVING sum(amount) <> 0"}},
    {"I3",
     "reservations: no more is spent than was set aside for this terminal",
     "more was spent of a reservation than it has",
     {"verify.reservations",
      "SELECT r.id FROM reservation r JOIN reservation_use u ON u.reservation = r.id"
      " GROUP BY r.id HAVING sum(u.quantity) > r.quantity"}},
    {"I5",
     "purchases: the lines sum to the total and its tax",
     "a purchase is not the sum of its lines",
     {"verify.purchase-lines",
      "SELECT p.id FROM purchase p LEFT JOIN purchase_line l ON l.purchase = p.id GROUP BY p.id"
      " HAVING count(l.line) = 0 OR sum(l.amount_minor) <> p.total_minor"
      " OR sum(l.tax_minor) <> p.tax_minor"}},
    {"I5",
     "purchases: the tenders cover the total",
     "a purchase is not covered by its tenders",
     {"verify.purchase-tenders",
      "SELECT p.id FROM purchase p LEFT JOIN tender t ON t.fact = p.id GROUP BY p.id"
      " HAVING coalesce(sum(t.amount_minor), 0) <> p.total_minor + p.rounding_minor"}},
    {"I5",
     "purchases: the points earned are in the ledger",
     "a purchase's points are not in the ledger",
     {"verify.purchase-points",
      "SELECT p.id FROM purchase p LEFT JOIN posting g ON g.fact = p.id AND g.kind = 2"
      " WHERE p.customer IS NOT NULL AND coalesce(-g.amount, 0) <> p.points_hundredths"}},
    {"I5",
     "returns: the lines sum to the total",
     "a return is not the sum of its lines",
     {"verify.return-lines",
      "SELECT r.id FROM goods_return r LEFT JOIN goods_return_line l ON l.goods_return = r.id"
      " GROUP BY r.id HAVING count(l.line) = 0 OR sum(l.amount_minor) <> r.total_minor"}},
    {"I5",
     "returns: no line took back more than was sold without a word to a person",
     "more came back than was sold",
     {"verify.return-bounds",
      "SELECT b.purchase FROM (SELECT purchase, purchase_line, sum(quantity) AS back"
      "  FROM goods_return_line WHERE purchase IS NOT NULL GROUP BY purchase, purchase_line) b"
      " LEFT JOIN purchase_line l ON l.purchase = b.purchase AND l.line = b.purchase_line"
      " WHERE (l.quantity IS NULL OR b.back > l.quantity)"
      // Two tills may each take back what only one could: it has happened, and somebody was told; of
      // what another store took back, somebody there.
      " AND NOT EXISTS (SELECT 1 FROM goods_return_line r JOIN exception e ON e.fact = "
      "r.goods_return"
      "  WHERE r.purchase = b.purchase AND r.purchase_line = b.purchase_line"
      "  AND e.code IN ('return.beyond-sold', 'return.unknown-purchase'))"
      " AND NOT EXISTS (SELECT 1 FROM goods_return_line r JOIN goods_return g ON g.id = "
      "r.goods_return"
      "  WHERE r.purchase = b.purchase AND r.purchase_line = b.purchase_line AND g.store <> '')"}},
    {"I5",
     "warranties: every disputed item has a first registration",
     "a warranty is disputed by nothing",
     {"verify.warranty-first",
      "SELECT w.fact FROM warranty w WHERE w.disputed = 1 AND NOT EXISTS (SELECT 1 FROM warranty f"
      " WHERE f.item = w.item AND f.disputed = 0)"}},
    {"I9",
     "customers: of those erased nothing personal is left",
     "an erased customer still has personal values",
     {"verify.erased",
      "SELECT ref FROM customer WHERE erased_by IS NOT NULL AND (name IS NOT NULL"
      " OR phone IS NOT NULL OR email IS NOT NULL OR address IS NOT NULL OR birthday IS NOT NULL"
      " OR phone_hash IS NOT NULL OR email_hash IS NOT NULL OR card IS NOT NULL"
      " OR length(sealed_profile) > 0"
      " OR EXISTS (SELECT 1 FROM customer_field f WHERE f.customer = ref)"
      " OR EXISTS (SELECT 1 FROM customer_contact k WHERE k.customer = ref)"
      " OR EXISTS (SELECT 1 FROM customer_change h WHERE h.customer = ref)"
      " OR EXISTS (SELECT 1 FROM customer_note t WHERE t.customer = ref)"
      " OR EXISTS (SELECT 1 FROM customer_file f WHERE f.customer = ref)"
      " OR EXISTS (SELECT 1 FROM customer_likeness i WHERE i.customer = ref)"
      " OR search <> '')"}},
    {"I9",
     "customers: of those dormant at this store nothing personal is left",
     "a dormant customer still has personal values",
     {"verify.dormant",
      "SELECT c.ref FROM dormant_customer d JOIN customer c ON c.ref = d.customer"
      " WHERE c.name IS NOT NULL OR c.phone IS NOT NULL OR c.email IS NOT NULL"
      " OR c.address IS NOT NULL OR c.birthday IS NOT NULL OR c.phone_hash IS NOT NULL"
      " OR c.email_hash IS NOT NULL OR c.card IS NOT NULL OR c.search <> ''"
      " OR EXISTS (SELECT 1 FROM customer_field f WHERE f.customer = c.ref"
      "  AND f.field <> 'language')"
      " OR EXISTS (SELECT 1 FROM customer_contact k WHERE k.customer = c.ref)"
      " OR EXISTS (SELECT 1 FROM customer_change h WHERE h.customer = c.ref AND h.what <> '')"
      " OR EXISTS (SELECT 1 FROM customer_note t WHERE t.customer = c.ref AND t.text IS NOT NULL)"
      " OR EXISTS (SELECT 1 FROM customer_file f WHERE f.customer = c.ref AND f.name IS NOT NULL)"
      " OR EXISTS (SELECT 1 FROM customer_likeness i WHERE i.customer = c.ref)"}},
    {"I11",
     "search: every key is one of a living customer's",
     "a search key is nobody's",
     {"verify.search-owner",
      "SELECT s.customer FROM customer_search s LEFT JOIN customer c ON c.ref = s.customer"
      " WHERE c.ref IS NULL OR c.erased_by IS NOT NULL"
      " OR instr(c.search || char(10), char(10) || s.key || char(10)) = 0"}},
    {"I11",
     "search: every customer is found by each of their keys",
     "the index of the search lacks keys",
     {"verify.search-count",
      "SELECT '' WHERE (SELECT count(*) FROM customer_search) <>"
      " (SELECT coalesce(sum(length(search) - length(replace(search, char(10), ''))), 0)"
      "  FROM customer)"}},
    COUNT_RULE("purchases", 1, "purchase"),
    COUNT_RULE("merges", 12, "customer_merge"),
    COUNT_RULE("merges undone", 13, "customer_merge WHERE undone_by IS NOT NULL"),
    COUNT_RULE("pairs told apart", 18, "customer_apart"),
    COUNT_RULE("erasures", 14, "(SELECT DISTINCT fact FROM customer_erasure)"),
    COUNT_RULE("returns", 2, "goods_return"),
    COUNT_RULE("customers", 3, "customer"),
    COUNT_RULE("warranties", 4, "warranty WHERE line = -1"),
    COUNT_RULE("programmes", 5, "programme"),
    COUNT_RULE("settlements", 22, "settlement"),
    COUNT_RULE("runs of expiry", 40, "expiry_run"),
    COUNT_RULE("loyalty events", 42, "loyalty_event"),
    COUNT_RULE("wallets blocked and freed", 43, "(SELECT DISTINCT fact FROM wallet_word)"),
    COUNT_RULE("shifts opened", 7, "shift"),
    COUNT_RULE("shifts closed", 8, "shift WHERE closed_fact IS NOT NULL"),
};
#undef COUNT_RULE
#undef OF_TYPE

constexpr std::size_t examples_shown = 5;

/// A verification under way.
struct Inspection {
  Database& database;
  Verification result;

  void pass(std::string what) { result.passed.push_back(std::move(what)); }
  void find(std::string_view invariant, std::string what) {
    result.findings.push_back({std::string(invariant), std::move(what)});
  }
};

std::string named(const Query& row) {
  const std::string_view bytes = row.blob(0);
  return bytes.size() == 16 ? " (" + to_hex(records::fact_id(row, 0)) + ")" : "";
}

void check_rule(Inspection& inspection, const Rule& rule) {
  auto row = inspection.database.query(rule.violations);
  std::size_t violations = 0;
  while (row->step())
    if (++violations <= examples_shown)
      inspection.find(rule.invariant, std::string(rule.violated) + named(*row));
  if (violations > examples_shown)
    inspection.find(rule.invariant, std::string(rule.violated) + ", and " +
                                        std::to_string(violations - examples_shown) + " more");
  if (violations == 0) inspection.pass(std::string(rule.invariant) + " " + std::string(rule.holds));
}

void check_chain(Inspection& inspection, const std::function<void(Seq)>& progress) {
  auto head = journal::verify(inspection.database, progress);
  if (head) {
    inspection.result.head = *head;
    inspection.pass("I1 the journal is gapless and its chain is whole");
  } else {
    inspection.result.head = journal::head(inspection.database);
    inspection.find("I1", to_line(head.error()));
  }
}

constexpr Sql all_ids{"verify.ids", "SELECT id, seq FROM journal ORDER BY seq"};

void check_ids(Inspection& inspection) {
  const auto identities = terminal::identities(inspection.database);
  std::size_t current = 0;
  std::size_t wrong = 0;
  auto row = inspection.database.query(all_ids);
  while (row->step()) {
    const FactId id = records::fact_id(*row, 0);
    const auto seq = static_cast<Seq>(row->integer(1));
    while (current + 1 < identities.size() && seq >= identities[current + 1].from_seq) ++current;
    const bool ours = current < identities.size() &&
                      id.terminal() == identities[current].terminal &&
                      id.epoch() == identities[current].epoch;
    if ((!ours || id.seq() != seq) && ++wrong <= examples_shown)
      inspection.find("I2", "a fact carries another terminal's or position's id (seq " +
                                std::to_string(seq) + ")");
  }
  if (wrong == 0) inspection.pass("I2 every id names its terminal, epoch and position");
}

constexpr Sql acknowledged_hash{"verify.acknowledged", "SELECT hash FROM journal WHERE seq = $1"};

void check_acknowledged(Inspection& inspection) {
  const Acknowledged last = terminal::acknowledged(inspection.database);
  bool sound = last.seq <= inspection.result.head.seq;
  if (sound && last.seq > 0) {
    auto row = inspection.database.query(acknowledged_hash);
    row->bind(1, last.seq);
    sound = row->step() &&
            row->blob(0) ==
                std::string_view(reinterpret_cast<const char*>(last.hash.data()), last.hash.size());
  }
  if (sound)
    inspection.pass("I4 what the centre acknowledged is in the journal");
  else
    inspection.find("I4", "the centre acknowledged what the journal does not hold");
}

/// What the records began with, and what came after it.
void check_feed(Inspection& inspection, const std::filesystem::path& folder) {
  if (auto ok = feed::verify(inspection.database))
    inspection.pass("I11 what head office sent down is as it came");
  else
    inspection.find("I11", to_line(ok.error()));
  const auto begun = feed::base(inspection.database);
  if (!begun) return;
  if (auto ok = feed::check_base(folder, *begun))
    inspection.pass("I11 the rows that the records began with are there and sound");
  else
    inspection.find("I11", to_line(ok.error()));
}

/// Every file that was attached here is there, opens and is what was attached. Another till's are
/// kept at that till; those of dormant customers open when they are back.
void check_files(Inspection& inspection, const std::filesystem::path& folder) {
  std::set<std::pair<CustomerRef, Hash>> files;
  records::each_file(inspection.database,
                     [&](const CustomerRef& owner, const Hash& hash, const FactId& attached) {
                       if (records::is_dormant(inspection.database, owner)) return;
                       const auto fact = journal::read(inspection.database, attached.seq(), 1, 1);
                       if (!fact.empty() && fact.front().id == attached) files.emplace(owner, hash);
                     });
  if (files.empty()) return;
  const auto vault = Vault::open(folder);
  if (!vault) return inspection.find("I1", to_line(vault.error()));
  std::size_t wrong = 0;
  for (const auto& [owner, hash] : files) {
    const auto content = file_store::get(folder, **vault, owner, hash, file_store::Part::content);
    if (!content && ++wrong <= examples_shown) inspection.find("I1", to_line(content.error()));
  }
  if (wrong > examples_shown)
    inspection.find("I1", "and " + std::to_string(wrong - examples_shown) + " more files");
  if (wrong == 0) inspection.pass("I1 every customer's file is there and whole");
}

void check_file(Inspection& inspection) {
  const auto complaints = sqlite::complaints(inspection.database);
  for (const std::string& complaint : complaints) inspection.find("I1", "the file: " + complaint);
  if (complaints.empty()) inspection.pass("I1 the file's pages, indexes and references are sound");
}

}  // namespace

Result<Verification> verify(const std::filesystem::path& folder,
                            const std::function<void(Seq)>& progress) {
  auto database = open_to_read(folder);
  if (!database) return database.error();
  try {
    Transaction moment(**database);
    Inspection inspection{**database, {}};
    check_file(inspection);
    check_chain(inspection, progress);
    check_ids(inspection);
    check_acknowledged(inspection);
    check_feed(inspection, folder);
    if (auto ok = check_head(**database, folder))
      inspection.pass("I1 the journal has all that was confirmed");
    else
      inspection.find("I1", to_line(ok.error()));
    for (const Rule& rule : rules) check_rule(inspection, rule);
    check_files(inspection, folder);
    moment.commit();
    return std::move(inspection.result);
  } catch (const DatabaseError& error) {
    return error.error();
  }
}

}  // namespace keepsake
