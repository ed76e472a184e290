// `keepsake import catalogue` of other systems' files.
#include <algorithm>
#include <doctest/doctest.h>

#include "storage/book/reader.hpp"
#include "storage/domain/sale/article.hpp"
#include "storage/domain/sale/gtin.hpp"
#include "tests/kiosk/cli/customers/customer_shop.hpp"

using namespace keepsake;
using namespace keepsake::cli;

namespace {

Ran import_articles_as(const CustomerShop& shop, const std::string& csv, const std::string& map) {
  const auto file = shop.scratch().write("items.csv", csv);
  return shop.json({"import", "catalogue", file, "--map", map});
}

std::string shipped(const std::string& name) {
  return std::string(KEEPSAKE_SOURCE_DIR) + "/assets/maps/" + name;
}

std::optional<Article> by_code(const CustomerShop& shop, const std::string& code) {
  const auto reader = open_reader(shop.folder());
  REQUIRE(reader.ok());
  const auto found = (*reader)->article_by_code(code);
  REQUIRE(found.ok());
  return *found;
}

std::string code_of_barcode(const CustomerShop& shop, const std::string& digits) {
  const auto reader = open_reader(shop.folder());
  REQUIRE(reader.ok());
  const auto found = (*reader)->article_by_gtin(*Gtin::parse(digits));
  REQUIRE(found.ok());
  return *found ? (*found)->code : "";
}

// Headings as these systems write them. Each has a mug for 49.90 with the barcode 7038010000010.
struct Export {
  const char* map;
  const char* csv;
  int articles, passed_over, warned;
  const char *code, *name, *category, *maker;
};
const Export exports[] = {
    {"shopify-products.toml",
     "Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,"
     "Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,"
     "Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,"
     "Variant Fulfillment Service,Variant Price,Variant Compare At Price,"
     "Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,"
     "Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,Variant Weight Unit,"
     "Variant Tax Code,Cost per item,Status\n"
     "mug,Mug,\"<p>A mug,\nwhite</p>\",Fjord,Home & Garden > Kitchen,Kitchen,\"eco, sale\",true,"
     "Colour,Red,,,,,MUG-R,300,shopify,4,deny,manual,49.90,59.90,true,true,'7038010000010,"
     "https://x/1.jpg,1,,false,,,,g,,20.00,active\n"
     "mug,,,,,,,,,Blue,,,,,MUG-B,300,shopify,4,deny,manual,49.90,,true,true,,,,,,,,,g,,,\n"
     "mug,,,,,,,,,,,,,,,,,,,,,,,,,https://x/2.jpg,2,,,,,,,,,\n"
     "soap,Soap,,Fjord,,,,true,Title,Default Title,,,,,,1,,,deny,manual,20.00,,true,true,"
     "IN-STORE 9,,,,false,,,,g,,,active\n",
     3, 1, 0, "MUG-R", "Mug Red", "Kitchen", "Fjord"},
    {"shopify-products.toml",
     "Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,"
     "Status,SKU,Barcode,Option1 name,Option1 value,Option2 name,Option2 value,Option3 name,"
     "Option3 value,Price,Compare-at price,Cost per item,Charge tax,Inventory quantity,"
     "Product image URL\n"
     "Mug,mug,A mug,Fjord,,Kitchen,eco,TRUE,Active,MUG-R,7038010000010,Colour,Red,,,,,49.90,,,"
     "TRUE,4,https://x/1.jpg\n"
     ",mug,,,,,,,,,,,,,,,,,,,,,https://x/2.jpg\n",
     1, 1, 0, "MUG-R", "Mug Red", "Kitchen", "Fjord"},
    {"square-items.toml",
     "Token,Item Name,Variation Name,SKU,Description,Category,Reporting Category,GTIN,"
     "Square Online Item Visibility,Item Type,Weight (kg),Price,Sellable,Stockable,"
     "Option Name 1,Option Value 1,Current Quantity Main,New Quantity Main,"
     "Tax - VAT (25%)\n"
     "A1,Mug,Regular,MUG-R,White,Kitchen,,07038010000010,visible,Physical,,\"$49.90\",Y,Y,,,3,,"
     "Y\n"
     "A2,Cake,Slice,,,Food,,,visible,Physical,,\"1,040.50\",Y,Y,,,,,Y\n"
     "A3,Advice,Regular,,,,,,hidden,Service,,variable,Y,N,,,,,N\n",
     2, 0, 1, "MUG-R", "Mug", "Kitchen", ""},
    {"odoo-products.toml",
     "\"External ID\",\"Internal Reference\",\"Name\",\"Sales Price\",\"Barcode\","
     "\"Product Category\",\"Customer Taxes\",\"Unit of Measure\",\"Product Tags\"\n"
     "\"__export__.product_product_1\",\"MUG-R\",\"Mug\",\"49.9\",\"'7038010000010\","
     "\"All / Kitchen\",\"25%\",\"Units\",\"eco\"\n"
     "\"__export__.product_product_2\",\"\",\"Apples\",\"34.90\",\"\",\"All / Fruit\","
     "\"VAT 15 % food\",\"kg\",\"\"\n",
     2, 0, 0, "MUG-R", "Mug", "All / Kitchen", ""},
    {"erpnext-items.toml",
     "ID,Item Code,Item Name,Item Group,Default Unit of Measure,Brand,Standard Selling Rate,"
     "Warranty Period (in days),Barcode (Barcodes),Barcode Type (Barcodes)\n"
     "MUG-R,MUG-R,Mug,Kitchen,Nos,Fjord,49.9,730,7038010000010,EAN\n"
     ",,,,,,,,4006381333931,EAN\n"
     "APP,APP,Apples,Fruit,Kg,,34.9,,,\n",
     2, 0, 0, "MUG-R", "Mug", "Kitchen", "Fjord"},
    {"loyverse-items.toml",
     "Handle,SKU,Name,Category,Description,Sold by weight,Option 1 name,Option 1 value,"
     "Option 2 name,Option 2 value,Option 3 name,Option 3 value,Default price,Cost,Barcode,"
     "SKU of included item,Quantity of included item,Track stock,Available for sale [Main],"
     "Price [Main],In stock [Main],Low stock [Main]\n"
     "mug,10001,Mug,Kitchen,,N,Colour,Red,,,,,49.90,20,7038010000010,,,Y,Y,49.90,3,\n"
     "mug,10002,,,,,,Blue,,,,,49.90,20,,,,Y,Y,49.90,3,\n"
     "set,10003,Breakfast,Kitchen,,N,,,,,,,99.00,0,,10001,2,N,Y,99.00,,\n"
     "set,,,,,,,,,,,,,,,10002,1,,,,,\n"
     "app,10004,Apples,Fruit,,Y,,,,,,,34.90,10,,,,N,Y,34.90,,\n"
     "tip,10005,Tip,,,N,,,,,,,variable,0,,,,N,Y,variable,,\n",
     4, 1, 1, "10001", "Mug Red", "Kitchen", ""},
    {"loyverse-items.toml",
     "Handle,SKU,Name,Category,Description,Sold by weight,Option 1 name,Option 1 value,"
     "Option 2 name,Option 2 value,Option 3 name,Option 3 value,Cost,Barcode,"
     "SKU of included item,Quantity of included item,Track stock,Available for sale [Corner],"
     "Price [Corner],In stock [Corner],Low stock [Corner],Available for sale [Mall],Price [Mall],"
     "In stock [Mall],Low stock [Mall],\"Tax - \"\"VAT 1\"\" (25%)\"\n"
     "mug,10001,Mug,Kitchen,,N,Colour,Red,,,,,20,7038010000010,,,Y,Y,49.90,3,,N,,,,Y\n"
     "mug,10002,,,,,,Blue,,,,,20,MUG-BLUE 2,,,Y,N,,,,Y,49.90,3,,\n"
     "set,10003,Breakfast,Kitchen,,N,,,,,,,0,,10001,2,N,Y,99.00,,,N,,,,N\n"
     "set,,,,,,,,,,,,,,10002,1,,,,,,,,,,\n",
     3, 1, 0, "10001", "Mug Red", "Kitchen", ""},
    {"woocommerce-products.toml",
     "ID,Type,SKU,\"GTIN, UPC, EAN, or ISBN\",Name,Published,\"Is featured?\","
     "\"Visibility in catalog\",\"Short description\",Description,\"Date sale price starts\","
     "\"Date sale price ends\",\"Tax status\",\"Tax class\",\"In stock?\",Stock,"
     "\"Sale price\",\"Regular price\",Categories,Tags,\"Shipping class\",Images,Parent,"
     "\"Grouped products\",Position,Brands,\"Attribute 1 name\",\"Attribute 1 value(s)\"\n"
     "44,variable,MUG,,Mug,1,0,visible,,,,,taxable,,1,,,,Kitchen,eco,,,,,0,Fjord,Colour,"
     "\"Red, Blue\"\n"
     "45,variation,MUG-R,7038010000010,\"Mug - Red\",1,0,visible,,,,,taxable,parent,1,,39.90,"
     "49.90,,,,,MUG,,1,,Colour,Red\n"
     "46,simple,,,Soap,1,0,visible,,\"Soft,\nmild\",,,taxable,,1,,,20,\"Bath, Bath > Soap\",,,,,,"
     "0,,,\n",
     2, 1, 0, "MUG-R", "Mug - Red", "", ""},
};

}  // namespace

TEST_CASE("catalogue: the maps that ship read the exports they are for") {
  for (const Export& file : exports) {
    CAPTURE(file.map);
    const CustomerShop shop;
    const auto told = import_articles_as(shop, file.csv, shipped(file.map));
    REQUIRE_MESSAGE(told.exit == (file.warned > 0 ? 1 : 0), told.out);
    CHECK(told.json().at("added") == file.articles);
    CHECK(told.json().at("passed_over") == file.passed_over);
    CHECK_MESSAGE(told.json().at("warned") == file.warned, told.out);
    const auto mug = by_code(shop, file.code);
    REQUIRE(mug.has_value());
    CHECK(mug->name == file.name);
    CHECK(mug->category == file.category);
    CHECK(mug->maker == file.maker);
    CHECK(mug->price == UnitPrice::from_minor(4990));
    CHECK(code_of_barcode(shop, "7038010000010") == file.code);
    // The same file again changes nothing.
    CHECK(import_articles_as(shop, file.csv, shipped(file.map)).json().at("unchanged") ==
          file.articles);
    CHECK(shop.verify() == 0);
  }
}

TEST_CASE("catalogue: what the maps make of weights, taxes, tags and carried cells") {
  const CustomerShop shop;
  REQUIRE(import_articles_as(
              shop,
              "ID,Item Name,Item Group,Default Unit of Measure,Standard Selling Rate,"
              "Barcode (Barcodes)\nAPP,Apples,Fruit,Kg,34.9,7038010000010\n,,,,,96385074\n"
              ",,,,,4006381333931\nPEAR,Pears,Fruit,Nos,5,\n",
              shipped("erpnext-items.toml"))
              .exit == 0);
  const auto apples = by_code(shop, "APP");
  CHECK(apples->sold_by == SoldBy::weight);
  CHECK(apples->more_gtins.size() == 2);
  for (const char* each : {"7038010000010", "96385074", "4006381333931"})
    CHECK(code_of_barcode(shop, each) == "APP");
  CHECK(by_code(shop, "PEAR")->sold_by == SoldBy::piece);
  const CustomerShop odoo;
  REQUIRE(import_articles_as(odoo,
                             "External ID,Name,Sales Price,Customer Taxes,Product Tags\n"
                             "a,Mug,10,25%,\"eco,gift\"\nb,Tea,20,VAT 12.5 % (incl.),\n",
                             shipped("odoo-products.toml"))
              .exit == 0);
  CHECK(by_code(odoo, "a")->tax == TaxRate{2500});
  CHECK(by_code(odoo, "a")->labels == std::vector<std::string>{"eco", "gift"});
  CHECK(by_code(odoo, "b")->tax == TaxRate{1250});
}

TEST_CASE("catalogue: the rate in a tax column's title, and labels that are no GTIN") {
  const CustomerShop shop;
  const auto loyverse = std::ranges::find_if(exports, [](const Export& each) {
    return std::string_view(each.csv).find("MUG-BLUE") != std::string_view::npos;
  });
  REQUIRE(import_articles_as(shop, loyverse->csv, shipped(loyverse->map)).exit == 0);
  CHECK(by_code(shop, "10001")->tax == TaxRate{2500});
  CHECK(by_code(shop, "10002")->tax == TaxRate{2500});  // said of the whole family
  CHECK(by_code(shop, "10003")->tax == TaxRate{0});
  CHECK(by_code(shop, "10002")->more_codes == std::vector<std::string>{"MUG-BLUE 2"});
}

TEST_CASE("catalogue: further codes of a label belong to one article") {
  const CustomerShop shop;
  const auto bring = [&](const std::string& rows) {
    return shop.json({"import", "catalogue",
                      shop.scratch().write("a.csv", "code,name,price,more_codes\n" + rows)});
  };
  CHECK(bring("B-1,Bolt,5,ABC-1234|S 17\nN-1,Nut,2,\n").exit == 0);
  CHECK(by_code(shop, "B-1")->more_codes == std::vector<std::string>{"ABC-1234", "S 17"});
  CHECK(bring("B-1,Bolt,5,s17 | ABC-1234 | S 17\n").json().at("changed") == 1);
  CHECK(by_code(shop, "B-1")->more_codes == std::vector<std::string>{"ABC-1234", "s17"});
  for (const char* twice : {"N-1,Nut,2,abc-1234\n", "N-1,Nut,2,X1\nC-1,Cap,2,x 1\n"}) {
    const auto told = bring(twice);
    CHECK(told.exit == 2);
    CHECK(told.json().at("error").at("remedy") != "");
  }
  // Of another system's file it costs the code alone.
  const auto map = shop.scratch().write("m.toml",
                                        "[[column]]\nfrom = \"No\"\nto = \"code\"\n"
                                        "[[column]]\nfrom = \"Text\"\nto = \"name\"\n"
                                        "[[column]]\nfrom = \"Kr\"\nto = \"price\"\n"
                                        "[[column]]\nfrom = \"EAN\"\nto = \"gtin\"\n");
  const auto file = shop.scratch().write("b.csv", "No,Text,Kr,EAN\n1,Mug,10,P7\n2,Cup,5,P7\n");
  const auto told = shop.json({"import", "catalogue", file, "--map", map});
  CHECK(told.json().at("added") == 2);
  CHECK(told.json().at("warned") == 1);
  CHECK(shop.verify() == 0);
}

TEST_CASE("catalogue: columns that nothing reads are named, on paper and in JSON") {
  const CustomerShop shop;
  const auto map = shop.scratch().write("m.toml",
                                        "[[column]]\nfrom = \"No\"\nto = \"code\"\n"
                                        "[[column]]\nfrom = \"Text\"\nto = \"name\"\n"
                                        "[[column]]\nfrom = \"Kr\"\nto = \"price\"\n");
  const auto file =
      shop.scratch().write("a.csv", "No,Text,Kr,EAN,Shelf\n1,Mug,10,7038010000010,B\n");
  const auto told = shop.json({"import", "catalogue", file, "--map", map});
  CHECK(told.exit == 0);
  CHECK(told.json().at("unread_columns") == nlohmann::json({"EAN", "Shelf"}));
  const auto text = shop.run({"import", "catalogue", file, "--map", map});
  CHECK(text.err.find("EAN, Shelf") != std::string::npos);
}

TEST_CASE("catalogue: a file that the map does not fit changes nothing and says why") {
  const CustomerShop shop;
  const auto fails = [&](const std::string& csv, const std::string& map, const char* code) {
    const auto told = import_articles_as(shop, csv, shop.scratch().write("m.toml", map));
    CHECK(told.exit == 2);
    CHECK_MESSAGE(told.json().at("error").at("code") == code, told.out);
    CHECK_FALSE(told.json().at("error").at("remedy").get<std::string>().empty());
  };
  const std::string map =
      "[[column]]\nfrom = \"No\"\nto = \"code\"\n[[column]]\nfrom = \"Text\"\nto = \"name\"\n"
      "[[column]]\nfrom = \"Kr\"\nto = \"price\"\n";
  fails("No,Text\n1,Mug\n", map, "import.column");
  fails("No,Text,Kr\n1,Mug,\"49,90\"\n", map, "price.decimal");
  fails("No,Text,Kr\n1,Mug,free\n", map, "price.syntax");
  fails("No,Text,Kr\n1,Mug,1\n1,Cup,1\n", map, "catalogue.twice");
  fails("No,Text,Kr\n1,Mug,1\n", map + "split = \",\"\n", "map.unknown");
  fails("No,Text,Kr\n1,Mug,1\n", "seperator = \";\"\n" + map, "map.unknown");
  CHECK_FALSE(by_code(shop, "1").has_value());
  CHECK(import_articles_as(
            shop, "No;Text;Kr\n1;Mug;1.249,90 kr\n",
            shop.scratch().write("n.toml", "separator = \";\"\ndecimal = \",\"\n" + map))
            .exit == 0);
  CHECK(by_code(shop, "1")->price == UnitPrice::from_minor(124'990));
}

TEST_CASE("catalogue: one article with several barcodes, and each is its own alone") {
  const CustomerShop shop;
  const auto file =
      shop.scratch().write("a.csv",
                           "code,name,price,gtin\nMUG,Mug,10,7038010000010 | 4006381333931\n"
                           "CUP,Cup,10,\"96385074, 036000291452;04252614\"\n");
  REQUIRE(shop.json({"import", "catalogue", file}).exit == 0);
  CHECK(code_of_barcode(shop, "4006381333931") == "MUG");
  CHECK(code_of_barcode(shop, "036000291452") == "CUP");
  CHECK(code_of_barcode(shop, "042100005264") == "CUP");  // the UPC-E spelled out
  // Another article may not have one of them; taking it off frees it.
  const auto other =
      shop.scratch().write("b.csv", "code,name,price,gtin\nJUG,Jug,10,4006381333931\n");
  CHECK(shop.json({"import", "catalogue", other}).json().at("error").at("code") ==
        "catalogue.gtin-taken");
  const auto less = shop.scratch().write(
      "c.csv", "code,name,price,gtin\nMUG,Mug,10,7038010000010\nJUG,Jug,10,4006381333931\n");
  CHECK(shop.json({"import", "catalogue", less}).exit == 0);
  CHECK(code_of_barcode(shop, "4006381333931") == "JUG");
  CHECK(shop.verify() == 0);
}
