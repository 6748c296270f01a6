using System.Text;
using RadiogenomicsCloud.Pipeline.Extraction;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Extraction;

public sealed class CaseListTests
{
    private static IReadOnlyList<ListedCase> Read(string text) => CaseList.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "cases.csv");

    [Fact]
    public void Columns_come_in_any_order_and_mask_and_roi_may_be_absent_or_empty()
    {
        Assert.Equal([new("A", "a.nii", "a.mask.nii", "/^GTV,1/"), new("A", "a.nii", null, null)], Read("image,roi,case,mask\na.nii,\"/^GTV,1/\",A,a.mask.nii\na.nii,,A,\n"));
        Assert.Equal([new("007", "b", null, null)], Read("case,image\n007,b\n"));
    }

    [Theory]
    [InlineData("case,image,rio\nA,a,b\n", "list.column", "'roi'")]
    [InlineData("case,mask\nA,a\n", "list.column", "'image'")]
    [InlineData("case,image,image\nA,a,b\n", "list.column", "twice")]
    [InlineData("case,image\n", "list.empty", "no case")]
    [InlineData("case,image\nA,a\nB,\n", "list.empty", "Line 3")]
    [InlineData("case,image\nA\n", "table.ragged-row", "Line 2")]
    [InlineData("", "table.empty", "cases.csv")]
    public void A_list_that_cannot_be_used_says_what_is_wrong(string text, string code, string says)
    {
        var refused = Assert.Throws<BadInputException>(() => Read(text));
        Assert.Equal(code, refused.Code);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }
}
