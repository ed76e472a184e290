#pragma once
// A shop around the reducer: a session, its clock, and a book in memory that answers effects when
// the test says so. Every effect is kept in `log`, answered or not.

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "kiosk/flow/reduce.hpp"
#include "kiosk/flow/sale/figures.hpp"
#include "kiosk/flow/shared/timing.hpp"
#include "storage/domain/fact.hpp"
#include "storage/domain/loyalty/active_programme.hpp"
#include "storage/domain/loyalty/returns.hpp"
#include "storage/domain/sale/return.hpp"
#include "tests/kiosk/flow/customer_desk.hpp"
#include "tests/kiosk/flow/sold.hpp"

namespace keepsake::flow {

using namespace std::chrono_literals;

inline constexpr const char* kettle_gtin = "7038010000010";
inline constexpr const char* ingrid_card = "4417123456789113";
inline constexpr const char* ingrid_phone = "+4791234417";
inline constexpr const char* other_receipt = "KR0123456789AB";
inline constexpr const char* last_receipt = "KR0123456789ABCDEF";  ///< of the fact recorded last

inline constexpr const char* covered_serial = "COV-770/1";  ///< of Ingrid's kettle

class Shop {
 public:
  Shop();
  Shop(const Shop&);
  Shop(Shop&&) noexcept;
  ~Shop();

  Session s;
  Context ctx;
  std::shared_ptr<ActiveProgramme> active = std::make_shared<ActiveProgramme>();  ///< ctx.active
  LocalTime now{{1795269720000}, 60};  // 2026-11-21 15:02 in Oslo
  std::vector<Effect> log;
  std::deque<Effect> open;  ///< asked, not yet answered

  // The world.
  std::map<std::string, Article> articles;
  std::vector<ExceptionView> exceptions;  ///< that wait for a manager
  CatalogueDesk desk{.rates = {{1500}, {2500}}};
  CustomerView ingrid;
  loyalty::Member state;                          ///< Ingrid's
  loyalty::Member anybody;                        ///< what is counted for all
  std::vector<loyalty::ListedCode> listed_codes;  ///< of files, as the worker knows them
  std::map<std::string, GiftCardView> gift_cards;
  std::vector<ItemView> items;  ///< under cover
  std::vector<HeldSale> held;
  std::vector<FoundLine> last_lines;  ///< of Ingrid's last purchase
  std::vector<Fact> facts;
  std::optional<Error> disk_fault;        ///< the next writes fail with it
  std::optional<Shortage> short_of = {};  ///< head office does not hold what is spent
  std::optional<ShiftView> shift;
  int wrong_pins = 0;
  std::vector<StaffMember> staff{{"marit", "Marit", true}};
  std::map<std::string, std::string> pins{{"marit", "1234"}};  ///< by the id of whose it is
  Points enrolment_gives;
  CustomerDesk customers;  ///< what the pages about a customer are told

  void add(const Article& article) { articles[article.code] = article; }
  UnitPrice price(const char* text) const { return *parse_unit_price(text, ctx.currency); }
  Money nok(const char* text) const { return *parse_money(text, ctx.currency); }
  static std::optional<Gtin> gtin() { return *Gtin::parse(kettle_gtin); }

  /// One event, effects left open.
  void send(const Event& event);
  /// One event and everything that comes of it.
  void act(const Event& event);
  void type(std::string text);
  void scan(std::string text);
  void wait(std::chrono::milliseconds time);

  void answer_all() {
    while (!open.empty()) answer_next();
  }
  void answer_next();

  template <class T>
  T* screen() {
    return get_if<T>(&s.visit.screen);
  }
  /// What lies over the basket of the sale.
  template <class Pane>
  Pane* pane() {
    auto* sale = screen<Sale>();
    return sale == nullptr ? nullptr : get_if<Pane>(&sale->pane);
  }
  template <class T>
  int emitted() const {
    int n = 0;
    for (const Effect& e : log) n += holds_alternative<T>(e);
    return n;
  }
  /// The newest effect of its kind.
  template <class T>
  const T& last() const {
    for (auto e = log.rbegin();; ++e)
      if (const auto* found = get_if<T>(&*e)) return *found;
  }
  std::string notice() const { return s.visit.notice ? s.visit.notice->code : std::string(); }

  /// A programme with rewards, a coupon each of a kind, and points that pay 0.10 each.
  void publish_rewards();
  /// Another programme is in force from now on: the news of it.
  ProgrammeChanged publish(ActiveProgramme next);

  // Ways to a place.
  void sign_in();
  void open_till(const char* cash_float = "1000");
  /// By their card: a number opens nothing but its points.
  void identify();
  /// A number at the stand, and the time until it is answered.
  void look_up(std::string number);

  Event answer_to(const Effect& effect);
  std::vector<HeldSaleView> held_views() const;

 private:
  static bool is_aside(const Effect& e);
  loyalty::Member state_of(const CustomerRef& customer) const;
  static FactId id_of(std::size_t number) {
    return FactId::make({1}, {5}, {1}, static_cast<Seq>(number));
  }
  LinesFound recall(const Recall& job);
  MemberProved checked(const CheckMemberPin& job);
  PinChecked checked(const CheckPin& job);
  std::vector<StaffEntry> everybody() const;
  StaffChanged put(const ChangeStaff& job);
  StaffChanged removed(const RemoveStaff& job);
  ArticleChanged repriced(const ChangePrice& job);
  ArticleChanged added(const AddArticle& job);
  ExceptionAnswered settled(const SettleException& job);
  std::optional<Event> about_exceptions(const Effect& effect);
  std::optional<Event> about_items(const Effect& effect);
  std::optional<Event> about_members(const Effect& effect);
  PurchasesListed listed(const ListPurchases& job) const;
  PurchaseOpened opened(const OpenPurchase& job) const;
  int held_sales = 0;
  Recorded record(Ticket ticket, Fact fact);
  Scanned resolve(const std::string& text);
};

}  // namespace keepsake::flow
