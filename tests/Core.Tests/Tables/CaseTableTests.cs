using RadiogenomicsCloud.Tables;
using static RadiogenomicsCloud.Core.Tests.Tables.TableTestData;

namespace RadiogenomicsCloud.Core.Tests.Tables;

public class CaseTableTests
{
    private static readonly CaseTable Left = Csv("case_id,x,t\nA,1,a\nB,2,b\nC,3,\n");

    [Fact]
    public void Rows_and_columns_are_selected_in_the_order_asked_for()
    {
        var selected = Left.SelectRows([2, 0]).SelectColumns(["t", "x"]);
        Assert.Equal(["C", "A"], selected.CaseIds);
        Assert.Equal([null, "a"], selected.Texts("t"));
        Assert.Equal([3.0, 1.0], ((NumericColumn)selected.Columns[1]).Values);
    }

    [Fact]
    public void A_join_keeps_the_rows_of_the_left_and_leaves_absent_cases_missing()
    {
        var joined = Left.Join(Csv("case_id,y\nC,30\nZ,9\nA,10\n"));
        Assert.Equal(Left.CaseIds, joined.CaseIds);
        Assert.Equal([10, double.NaN, 30], joined.Numeric("y").Values);
        Assert.Equal("table.duplicate-column", Assert.Throws<BadInputException>(() => joined.Join(Left)).Code);
    }

    [Fact]
    public void Cases_are_found_by_id_exactly()
    {
        Assert.Equal(1, Left.IndexOf("B"));
        Assert.Equal(-1, Left.IndexOf("b"));
        Assert.True(Left.ContainsCase("C"));
        Assert.Null(Left.FindColumn("X"));
    }

    [Fact]
    public void A_table_refuses_repeated_names_and_short_columns()
    {
        Assert.Throws<ArgumentException>(() => new CaseTable(["A", "A"], []));
        Assert.Throws<ArgumentException>(() => new CaseTable(["A"], [new NumericColumn("x", [1]), new TextColumn("x", ["a"])]));
        Assert.Throws<ArgumentException>(() => new CaseTable(["A"], [new NumericColumn("x", [1, 2])]));
    }

    [Theory]
    [InlineData("pfs_dyas", "pfs_days")]
    [InlineData("OS_DAYS", "os_days")]
    [InlineData("zzz", null)]
    public void The_nearest_name_is_found_or_none(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["os_days", "pfs_days", "grade"]));

    [Theory]
    [InlineData("pfs_dyas", "did you mean 'pfs_days'")]
    [InlineData("zzz", "valid are os_days, pfs_days")]
    public void A_hint_names_the_nearest_or_else_all_that_are_valid(string name, string expected) =>
        Assert.Equal(expected, NearestName.Hint(name, ["os_days", "pfs_days"]));

    [Fact]
    public void A_hint_where_no_name_is_valid_says_so() => Assert.Equal("there is none that could stand here", NearestName.Hint("x", []));
}
